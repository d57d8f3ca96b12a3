#!/usr/bin/env bash
# The image that the figures of BENCHMARKS.md are of: 1.3 GB in 2,900 files, laid out like an install disc, and the tree that it is
# made of.
#
#   src/bench/make-image.sh DIRECTORY
#
# Makes DIRECTORY/tree and DIRECTORY/image.iso (Rock Ridge and Joliet). Needs xorriso. What the files hold is random, their sizes are not.
set -euo pipefail

[ $# -eq 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
command -v xorriso > /dev/null || { echo "make-image.sh: needs xorriso" >&2; exit 2; }
directory=$1
tree=$directory/tree
[ ! -e "$tree" ] || { echo "make-image.sh: $tree is there already" >&2; exit 2; }

file() { # BYTES PATH
  head -c "$1" /dev/urandom > "$tree/$2"
}
mkdir -p "$tree"/{images/pxeboot,LiveOS,EFI/BOOT,isolinux,repodata,Packages}
file 14000000 images/pxeboot/vmlinuz
file 96000000 images/pxeboot/initrd.img
file 500000000 LiveOS/squashfs.img
file 900000 EFI/BOOT/BOOTX64.EFI
file 2400000 EFI/BOOT/grubx64.efi
file 24000 isolinux/isolinux.bin
for name in a b c d; do
  file 3000000 repodata/$name.xml.gz
done
letters=(a b c d e f g h i j k l m n o p q r s t u v w x y z)
for i in $(seq 2890); do
  letter=${letters[$((i % 26))]}
  mkdir -p "$tree/Packages/$letter"
  file $((4000 + i * 7919 % 460000)) "Packages/$letter/$letter-package-with-a-usual-name-1.$i-3.el9.x86_64.rpm"
done
xorriso -as mkisofs -quiet -R -J -joliet-long -V BENCH -o "$directory/image.iso" "$tree" 2> /dev/null
echo "$(find "$tree" -type f | wc -l) files, $(du -sb "$tree" | cut -f1) bytes in $directory/image.iso"
