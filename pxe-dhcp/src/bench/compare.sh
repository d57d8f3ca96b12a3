#!/usr/bin/env bash
# DHCP servers side by side on this machine: ours with its leases in a journal file and in memory, Kea with a memfile that is written
# (several threads and one), dnsmasq with a lease file. Each gets four-way exchanges of new clients from perfdhcp, at a rate that is
# asked for, over a pair of namespaces.
#
#   src/bench/compare.sh JAR [ROUNDS [RATE...]]
#
# JAR is the pxekit.jar; the tests must be compiled (mvn -pl pxe-dhcp -am test-compile). Needs root, iproute2, kea-admin,
# kea-dhcp4-server and dnsmasq-base; a server that is not installed is left out, and SERVERS="journal kea-mt" names those to run.
# Prints a table of medians: leases a second are ACKs, drops are DISCOVERs that did not become a lease, the average time is of all
# DISCOVERs and REQUESTs that were answered, CPU is in per cent of one core, memory is the resident set at the end. With TIMES=yes
# there is the 99th percentile of the times too, for which perfdhcp keeps every packet, and is slower itself. Before a run ours
# serves WARM seconds (20) at 5000/s, other clients, for its code to be compiled.
#
# What is measured is the servers, so perfdhcp runs in one thread and its sockets get 8 MB to receive into (net.core.rmem_default,
# put back afterwards; the servers have their own): with the system's 208 KB and two threads on two processors it loses replies that
# it has no time for. Ours has its limit of new clients a second (10,000, against made-up ones) raised: here all are new.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,17s/^# \{0,1\}//p' "$0" >&2; exit 2; }
jar=$(realpath "$1") rounds=${2:-5}
shift; [ $# -eq 0 ] || shift
rates=("$@")
[ ${#rates[@]} -gt 0 ] || rates=(250 500 1000 2000 3000 4000 6000 8000)
seconds=${SECONDS_EACH:-6} warm=${WARM:-20} addresses=900000 times=${TIMES:+-x t}
tests=$(realpath "$(dirname "$0")/../../target/test-classes")

work=$(mktemp -d)
received=$(sysctl -n net.core.rmem_default)
near=pxekit-bench-$$-s far=pxekit-bench-$$-c server=
stop() {
  [ -z "$server" ] || { kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; }
  server=
}
trap 'stop; sysctl -qw "net.core.rmem_default=$received"; ip netns delete "$near" 2> /dev/null; ip netns delete "$far" 2> /dev/null; rm -rf "$work"' EXIT

ip netns add "$near"
ip netns add "$far"
ip link add eth0 netns "$near" type veth peer name eth0 netns "$far"
for side in "$near 1" "$far 2"; do
  read -r namespace number <<< "$side"
  ip -n "$namespace" link set lo up
  ip -n "$namespace" address add "10.64.0.$number/12" dev eth0
  ip -n "$namespace" link set eth0 up
done

found() { PATH=$PATH:/usr/sbin command -v "$1" > /dev/null; }
found perfdhcp || { echo "compare.sh: needs perfdhcp (Debian package kea-admin)" >&2; exit 2; }
if [ -n "${SERVERS:-}" ]; then
  read -r -a names <<< "$SERVERS"
else
  names=(journal memory)
  ! found kea-dhcp4 || names+=(kea-mt kea-st)
  ! found dnsmasq || names+=(dnsmasq)
fi

kea() { # THREADS (true or false): the configuration
  cat << JSON
{"Dhcp4": {
  "interfaces-config": {"interfaces": ["eth0"], "dhcp-socket-type": "udp"},
  "lease-database": {"type": "memfile", "persist": true, "name": "$work/kea.csv", "lfc-interval": 0},
  "multi-threading": {"enable-multi-threading": $1},
  "valid-lifetime": 3600,
  "subnet4": [{"subnet": "10.64.0.0/12", "pools": [{"pool": "10.65.0.0 - 10.78.255.255"}],
    "option-data": [{"name": "routers", "data": "10.64.0.1"}]}],
  "loggers": [{"name": "kea-dhcp4", "severity": "WARN", "output_options": [{"output": "stdout"}]}]}}
JSON
}

serve() { # NAME: starts it with no leases
  rm -f "$work"/kea.csv* "$work/dnsmasq.leases" "$work"/journal*
  local command
  case $1 in
    journal|memory)
      # shellcheck disable=SC2206
      command=("${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTIONS:--Xmx256m} -cp "$jar:$tests" dev.pxekit.dhcp.interop.BenchServer "$1")
      [ "$1" = memory ] || command+=("$work/journal") ;;
    kea-mt|kea-st)
      kea "$([ "$1" = kea-mt ] && echo true || echo false)" > "$work/kea.json"
      command=(env "KEA_PIDFILE_DIR=$work" "KEA_LOCKFILE_DIR=$work" kea-dhcp4 -c "$work/kea.json") ;;
    dnsmasq)
      command=(dnsmasq -k --conf-file=/dev/null --user=root --log-facility="$work/dnsmasq.txt" --port=0 --bind-interfaces
        --interface=eth0 --no-ping --quiet-dhcp --dhcp-leasefile="$work/dnsmasq.leases" --dhcp-lease-max=$addresses
        --dhcp-range=10.65.0.0,10.78.255.255,255.240.0.0,1h --dhcp-option=option:router,10.64.0.1) ;;
    *) echo "compare.sh: no server $1 (expected: journal, memory, kea-mt, kea-st, dnsmasq)" >&2; exit 2 ;;
  esac
  PATH=$PATH:/usr/sbin ip netns exec "$near" "${command[@]}" > "$work/$1.log" 2>&1 &
  server=$!
  local waited=0
  until [ -n "$(ip netns exec "$near" ss -Hlun 'sport = :67')" ]; do
    kill -0 "$server" 2> /dev/null && [ $((waited += 1)) -lt 150 ] || { cat "$work/$1.log" >&2; exit 1; }
    sleep 0.2
  done
}

exchanges() { # RATE SECONDS MAC: perfdhcp's report
  local clients=$(($1 * $2))
  sysctl -qw net.core.rmem_default=8388608
  # perfdhcp ends with 3 if something was dropped.
  # shellcheck disable=SC2086
  PATH=$PATH:/usr/sbin ip netns exec "$far" perfdhcp -4 -g single -r "$1" -R "$((clients < addresses ? clients : addresses))" -p "$2" \
    -W 1000000 $times -b "mac=$3" 10.64.0.1 || [ $? = 3 ]
  sysctl -qw "net.core.rmem_default=$received"
}
cpu() { awk -v hertz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hertz }' "/proc/$server/stat"; }

run() { # NAME RATE: one line "discovers offers acks drop% leases/s average p99 cpu% MB"
  serve "$1"
  case $1 in journal|memory) [ "$warm" = 0 ] || exchanges 5000 "$warm" 02:ff:00:00:00:00 > /dev/null ;; esac
  local before after
  before=$(cpu)
  exchanges "$2" "$seconds" 02:00:00:00:00:00 > "$work/report"
  after=$(cpu)
  awk '$1 == "sent" && $2 == "/" { split($4, s, "."); split($6, r, "."); printf "%.3f\n", (r[1] - s[1]) * 1000 + (r[2] - s[2]) / 1000 }' \
    "$work/report" | sort -n > "$work/times"
  local memory
  memory=$(awk '/VmRSS/ { print int($2 / 1024 + 0.5) }' "/proc/$server/status")
  stop
  awk -v seconds="$seconds" -v used="$(awk "BEGIN { print $after - $before }")" -v memory="$memory" '
    FILENAME ~ /times$/ { time[++n] = $1; next }
    /^\*\*\*Statistics for/ { kind = $3; gsub(/[*]/, "", kind) }
    /^sent packets/ { sent[kind] = $3 }
    /^received packets/ { received[kind] = $3 }
    /^avg delay/ && $3 + 0 == $3 { sum += $3 * received[kind]; answered += received[kind] }
    END {
      discovers = sent["DISCOVER-OFFER"]; acks = received["REQUEST-ACK"]
      at = int(n * 0.99 + 0.999999)
      printf "%d %d %d %.2f %.0f %.3f %.3f %.0f %d\n", discovers, received["DISCOVER-OFFER"], acks,
        discovers ? (discovers - acks) * 100 / discovers : 100, acks / seconds, answered ? sum / answered : 0, n ? time[at] : 0,
        used * 100 / seconds, memory
    }' "$work/times" "$work/report"
}

for round in $(seq "$rounds"); do
  for rate in "${rates[@]}"; do
    for name in "${names[@]}"; do
      line="$rate $name $(run "$name" "$rate")"
      echo "$line" >> "$work/results"
      echo "round $round of $rounds: $line" >&2
    done
  done
done

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
column() { awk -v r="$1" -v s="$2" -v n="$3" '$1 == r && $2 == s { print $n }' "$work/results"; }
printf '| rate asked | server | DISCOVERs | OFFERs | ACKs | dropped %% | leases/s | average ms | p99 ms | CPU %% | MB |\n'
printf '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
for rate in "${rates[@]}"; do
  for name in "${names[@]}"; do
    printf '| %s | %s ' "$rate" "$name"
    for n in 3 4 5 6 7 8 9 10 11; do
      printf '| %s ' "$(column "$rate" "$name" "$n" | median)"
    done
    printf '|\n'
  done
done
