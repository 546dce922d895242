"""Succeeds where an ELF program of 64 bits loads no libraries: it names neither an interpreter nor a library.

A position-independent program has a dynamic section even so, with the places that it relocates itself.

usage: alone.py PROGRAM
"""

import struct
import sys

# Kinds of program headers, and of entries of the dynamic section.
DYNAMIC, INTERPRETER = 2, 3
END, NEEDED = 0, 1


def headers(data):
    """The kind of each program header, with where its part of the file begins and how long that is."""
    if data[:6] != b"\x7fELF\x02\x01":
        sys.exit("no ELF program of 64 bits")
    (start,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for number in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, start + number * size)
        yield kind, offset, length


def needs_libraries(data):
    for kind, offset, length in headers(data):
        if kind == INTERPRETER:
            return True
        if kind == DYNAMIC:
            for tag, _ in struct.iter_unpack("<QQ", data[offset : offset + length]):
                if tag == END:
                    break
                if tag == NEEDED:
                    return True
    return False


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as program:
        sys.exit(1 if needs_libraries(program.read()) else 0)
