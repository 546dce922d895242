"""Writes a zip whose bytes depend on nothing but its files' names and contents and one time.

usage: archive.py ZIP EPOCH MODE:NAME=FILE...
"""

import sys
import time
import zipfile


def entry(name, mode, epoch):
    """What the zip says of a file: a time without a zone, and a mode as Unix has it, whoever packs it."""
    # A zip's time begins in 1980 and counts in twos.
    info = zipfile.ZipInfo(name, max(time.gmtime(epoch)[:6], (1980, 1, 1, 0, 0, 0)))
    info.create_system = 3
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def main(target, epoch, files):
    entries = []
    for file in files:
        mode, _, rest = file.partition(":")
        name, _, path = rest.partition("=")
        entries.append((name, int(mode, 8), path))
    with zipfile.ZipFile(target, "w") as archive:
        for name, mode, path in sorted(entries):
            with open(path, "rb") as file:
                archive.writestr(entry(name, mode, int(epoch)), file.read(), compresslevel=9)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
