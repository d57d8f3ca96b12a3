#!/bin/sh
# Makes ../resources/dev/pxekit/examples/demo.iso, the small install image that the rehearsal boots when it is given no other.
# Needs xorriso, python3 and cpio; made with xorriso 1.5.4. The same input gives the same bytes.
#
# It is laid out as the installation disc of a RHEL 9 family distribution would be, and holds nothing that anybody else wrote:
# vmlinuz has the header of a Linux kernel image (boot protocol 2.15) and then filler, initrd.img is a real gzipped cpio archive with
# an /init of one line and a block of filler, and the two files in ipxe/ stand where iPXE's programs would be. None of them can run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../resources/dev/pxekit/examples/demo.iso
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TZ=UTC SOURCE_DATE_EPOCH=1795219200

python3 - "$work" <<'PY'
import gzip, io, os, random, struct, sys

root = os.path.join(sys.argv[1], "tree")
filler = random.Random(1).randbytes

def write(path, content):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode())

kernel = bytearray(1024)
kernel[0x1f1] = 1                                         # setup_sects
struct.pack_into("<H", kernel, 0x1fe, 0xAA55)             # boot_flag
kernel[0x202:0x206] = b"HdrS"
struct.pack_into("<H", kernel, 0x206, 0x020F)             # boot protocol 2.15
struct.pack_into("<H", kernel, 0x20E, 0x100)              # offset of the version text, less 0x200
kernel[0x300:0x330] = b"5.14.0-pxekit.demo (not a kernel, only its head)".ljust(48, b"\0")
write("images/pxeboot/vmlinuz", bytes(kernel) + filler(160 * 1024))

def newc(name, mode, data, ino):
    n = name.encode() + b"\0"
    fields = [ino, mode, 0, 0, 1, 1795219200, len(data), 0, 0, 0, 0, len(n), 0]
    head = b"070701" + b"".join(b"%08X" % f for f in fields) + n
    head += b"\0" * (-len(head) % 4)
    return head + data + b"\0" * (-len(data) % 4)

cpio = (newc("init", 0o100755, b"#!/bin/sh\necho this is the demo image of PXE Kit, there is nothing to install\n", 1)
        + newc("filler", 0o100644, filler(96 * 1024), 2) + newc("TRAILER!!!", 0, b"", 3))
packed = io.BytesIO()
with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as z:
    z.write(cpio)
write("images/pxeboot/initrd.img", packed.getvalue())

write(".discinfo", "1795219200.000000\n9.0\nx86_64\n")
write(".treeinfo", """[general]
arch = x86_64
family = PXE Kit Demo
name = PXE Kit Demo 9.0
packagedir = BaseOS/Packages
platforms = x86_64
repository = BaseOS
timestamp = 1795219200
variant = BaseOS
variants = BaseOS
version = 9.0

[header]
type = productmd.treeinfo
version = 1.2

[images-x86_64]
initrd = images/pxeboot/initrd.img
kernel = images/pxeboot/vmlinuz

[release]
name = PXE Kit Demo
short = RHEL
version = 9.0

[tree]
arch = x86_64
build_timestamp = 1795219200
platforms = x86_64
variants = BaseOS
""")
write("BaseOS/repodata/repomd.xml", '<?xml version="1.0" encoding="UTF-8"?>\n<repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1795219200</revision></repomd>\n')
write("ipxe/undionly.kpxe", b"Stands where undionly.kpxe of iPXE would be.\n" + filler(24 * 1024))
write("ipxe/snponly.efi", b"Stands where snponly.efi of iPXE would be.\n" + filler(48 * 1024))
write("README.txt", "The demo image of PXE Kit, made by pxe-examples/src/main/demo/make-demo-image.sh. Nothing in it can run.\n")
PY

xorriso -report_about WARNING -as mkisofs -quiet -no-pad -o "$out" -V PXEKIT-DEMO -R -preparer "PXE Kit" \
  --modification-date=2026112100000000 --set_all_file_dates 2026112100000000 -uid 0 -gid 0 "$work/tree"
ls -l "$out"
