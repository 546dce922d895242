"""Succeeds where an ELF program of 64 bits loads no libraries: it names neither an interpreter nor what it would load.

usage: alone.py PROGRAM
"""

import struct
import sys

# Kinds of program headers.
DYNAMIC, INTERPRETER = 2, 3


def kinds(data):
    """The kinds of the program's headers."""
    if data[:6] != b"\x7fELF\x02\x01":
        sys.exit("no ELF program of 64 bits")
    (offset,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    return {struct.unpack_from("<I", data, offset + number * size)[0] for number in range(count)}


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as program:
        sys.exit(1 if kinds(program.read()) & {DYNAMIC, INTERPRETER} else 0)
