#!/usr/bin/env bash
# TFTP servers side by side on this machine: ours with epoll, with epoll and busy polling, and with plain NIO; tftp-hpa, dnsmasq,
# atftpd where they are installed; and tftplimit, which shows what the machine allows.
#
#   src/bench/compare.sh TOOLS JAR [ROUNDS [CASE...]]
#
# TOOLS is the directory of tftpload.c and tftplimit.c, JAR the pxekit.jar. A case is clients,megabytes,blocksize,window,repeats.
# Needs root, as dnsmasq serves on port 69 only; that is on 127.0.0.69. Prints a table of medians.
set -euo pipefail

[ $# -ge 2 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
tools=$1 jar=$2 rounds=${3:-5}
shift 2; [ $# -eq 0 ] || shift
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=(
  200,8,1428,1,1 200,8,1428,8,1 200,8,1428,64,2
  500,8,1428,1,1 500,8,1428,8,1 500,8,1428,64,1
  1,64,1428,1,1 1,64,1428,8,1 1,64,1428,64,4 1,64,8192,16,4)

work=$(mktemp -d)
pids=()
trap '[ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2> /dev/null; rm -rf "$work"' EXIT
mkdir "$work/root"
for megabytes in 8 64; do
  head -c $((megabytes << 20)) /dev/urandom > "$work/root/$megabytes"
done
chmod -R a+rX "$work"
gcc -O2 -w -o "$work/tftpload" "$tools/tftpload.c"
gcc -O2 -w -o "$work/tftplimit" "$tools/tftplimit.c"

names=() ports=()
serve() { # NAME PORT COMMAND...
  local name=$1 port=$2
  shift 2
  "$@" > "$work/$name.log" 2>&1 &
  pids+=($!)
  names+=("$name") ports+=("$port")
}
found() { PATH=$PATH:/usr/sbin command -v "$1" || true; }

ours() { # NAME PORT OPTION...
  local name=$1 port=$2
  shift 2
  # shellcheck disable=SC2086
  serve "$name" "$port" "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTIONS:--Xmx64m} -jar "$jar" tftp serve "$work/root" \
    --bind 127.0.0.1 --port "$port" "$@"
}
"$work/tftplimit" 7008 "$work/root/8" & pids+=($!)
"$work/tftplimit" 7064 "$work/root/64" & pids+=($!)
names+=(limit) ports+=(70)
in_tftpd=$(found in.tftpd); [ -z "$in_tftpd" ] || serve tftp-hpa 7001 "$in_tftpd" -L --address 127.0.0.1:7001 -u root -s "$work/root"
atftpd=$(found atftpd); [ -z "$atftpd" ] || serve atftpd 7002 "$atftpd" --daemon --no-fork --port 7002 --bind-address 127.0.0.1 \
  --maxthread 1000 --user root.root --logfile "$work/atftpd.txt" "$work/root"
dnsmasq=$(found dnsmasq); [ -z "$dnsmasq" ] || serve dnsmasq 69 "$dnsmasq" --keep-in-foreground --port=0 --user=root --conf-file=/dev/null \
  --enable-tftp --tftp-root="$work/root" --tftp-max=2000 --listen-address=127.0.0.69 --bind-interfaces --log-facility="$work/dnsmasq.txt"
ours epoll 7003 --transport epoll
ours epoll+poll 7004 --transport epoll --busy-poll 200
ours nio 7005 --transport nio
sleep 3

run() { # INDEX CASE: one line "MB/s p99 errors retransmissions"
  local name=${names[$1]} port=${ports[$1]} clients megabytes block window repeats
  IFS=, read -r clients megabytes block window repeats <<< "$2"
  [ "$name" != limit ] || port=$(printf '70%02d' "$megabytes")
  local host=127.0.0.1
  [ "$name" != dnsmasq ] || host=127.0.0.69
  "$work/tftpload" -h "$host" -p "$port" -f "$megabytes" -l "$work/root/$megabytes" -b "$block" -w "$window" \
    -c "$clients" -r "$repeats" -q |
    awk '{ for (i = 1; i < NF; i++) value[$i] = $(i + 1)
           print value["MB/s"], value["p99_ms"], value["errors"] + value["mismatch"], value["retrans"], value["unnegotiated"] }' || true
}
is_ours() { case $1 in epoll*|nio) ;; *) return 1 ;; esac; }
has_windows() { case $1 in tftp-hpa|dnsmasq) return 1 ;; esac; }

# The first round is for the servers that have code to compile: it does not count.
for round in $(seq 0 "$rounds"); do
  for case in "${cases[@]}"; do
    IFS=, read -r _ _ _ window _ <<< "$case"
    for index in "${!names[@]}"; do
      [ "$window" = 1 ] || has_windows "${names[$index]}" || continue
      [ "$round" != 0 ] || is_ours "${names[$index]}" || continue
      line="$case ${names[$index]} $(run "$index" "$case")"
      [ "$round" = 0 ] || echo "$line" >> "$work/results"
      echo "round $round of $rounds: $line" >&2
    done
  done
done

printf '| clients × MB, block × window | server | MB/s, median (least–most) | of limit | of best peer | p99 ms | failed | retransmissions |\n'
printf '| --- | --- | --- | --- | --- | --- | --- | --- |\n'
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
column() { awk -v c="$1" -v s="$2" -v n="$3" '$1 == c && $2 == s { print $n }' "$work/results"; }
for case in "${cases[@]}"; do
  IFS=, read -r clients megabytes block window _ <<< "$case"
  limit=$(column "$case" limit 3 | median)
  best=0
  for peer in tftp-hpa atftpd dnsmasq; do
    best=$( (echo "$best"; column "$case" "$peer" 3 | median) | sort -n | tail -n 1)
  done
  for name in "${names[@]}"; do
    speed=$(column "$case" "$name" 3 | median)
    [ "$(column "$case" "$name" 3 | wc -l)" -gt 0 ] || continue
    printf '| %s × %s, %s × %s | %s | %s (%s–%s) | %s | %s | %s | %s | %s |\n' "$clients" "$megabytes" "$block" "$window" "$name" "$speed" \
      "$(column "$case" "$name" 3 | sort -n | head -n 1)" "$(column "$case" "$name" 3 | sort -n | tail -n 1)" \
      "$(awk "BEGIN { printf \"%.2f\", $speed / $limit }")" \
      "$(awk "BEGIN { if ($best > 0) printf \"%.2f\", $speed / $best; else printf \"–\" }")" \
      "$(column "$case" "$name" 4 | median)" \
      "$(column "$case" "$name" 5 | awk '{ s += $1 } END { print s + 0 }')" \
      "$(column "$case" "$name" 6 | awk '{ s += $1 } END { print s + 0 }')"
  done
done
for index in "${!names[@]}"; do
  if is_ours "${names[$index]}"; then
    pid=$(pgrep -P $$ -f "port ${ports[$index]} " | head -n 1)
    printf '%s: %s threads, most memory %s\n' "${names[$index]}" "$(ls "/proc/$pid/task" | wc -l)" \
      "$(awk '/VmHWM/ { print $2, $3 }' "/proc/$pid/status")"
  fi
done
