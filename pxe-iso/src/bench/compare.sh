#!/usr/bin/env bash
# Readers of images side by side on this machine, whole processes, page cache warm: ours, bsdtar, 7-Zip, xorriso, and cat and cp on the
# tree that the image was made of.
#
#   src/bench/compare.sh PXEKIT DIRECTORY [ROUNDS]
#
# PXEKIT is pxe-examples/pxekit, DIRECTORY is what make-image.sh made; extraction goes to a new directory below TARGET (/dev/shm), a memory file
# system with 1.4 GB of room. Programs that are not installed are left out. They take turns in every round; a round to warm up does not
# count. Prints medians in milliseconds.
set -euo pipefail

[ $# -ge 2 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
pxekit=$(realpath "$1") directory=$(realpath "$2") rounds=${3:-5}
image=$directory/image.iso tree=$directory/tree
work=$(mktemp -d -p "${TARGET:-/dev/shm}")
trap 'rm -rf "$work"' EXIT
out=$work/out times=$work/times

kernel=images/pxeboot/vmlinuz live=LiveOS/squashfs.img
listings=("ours|$pxekit ls -l $image" "names|$pxekit ls $image" "bsdtar|bsdtar -tvf $image" "7z|7z l $image" "xorriso|xorriso -indev stdio:$image -find / -exec lsdl")
kernels=("cat|cat $tree/$kernel" "ours|$pxekit cat $image $kernel" "bsdtar|bsdtar -xOf $image $kernel" "7z|7z e -so $image $kernel")
lives=("cat|cat $tree/$live" "ours|$pxekit cat $image $live" "bsdtar|bsdtar -xOf $image $live" "7z|7z e -so $image $live")
extractions=("cp -r|cp -r $tree $out" "ours|$pxekit extract $image -C $out" "bsdtar|bsdtar -xf $image -C $out"
  "7z|7z x -bd -y -o$out $image" "xorriso|xorriso -osirrox on -indev stdio:$image -extract / $out")

measure() { # NAME COMMAND...
  local title=$1 entry name command round start
  shift
  : > "$times"
  for round in $(seq 0 "$rounds"); do
    for entry in "$@"; do
      name=${entry%%|*} command=${entry#*|}
      command -v "${command%% *}" > /dev/null || continue
      rm -rf "$out"
      [ "$name" = "cp -r" ] || mkdir "$out"
      start=$(date +%s%N)
      $command > /dev/null 2> /dev/null || { echo "compare.sh: fails: $command" >&2; exit 1; }
      [ "$round" -eq 0 ] || echo "$name|$((($(date +%s%N) - start) / 1000))" >> "$times"
    done
  done
  printf '\n%s\n' "$title"
  for entry in "$@"; do
    name=${entry%%|*}
    { grep "^$name|" "$times" || true; } | cut -d'|' -f2 | sort -n | awk -v name="$name" '
      { t[NR] = $1 } END { if (NR) printf "  %-8s %9.1f ms\n", name, t[int((NR + 1) / 2)] / 1000 }'
  done
}

cat "$image" > /dev/null
find "$tree" -type f -exec cat {} + > /dev/null
measure "list all files" "${listings[@]}"
measure "one file of 14 MB to /dev/null" "${kernels[@]}"
measure "one file of 500 MB to /dev/null" "${lives[@]}"
measure "extract everything" "${extractions[@]}"
