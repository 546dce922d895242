"""Prints a list of components without what differs from one making of it to the next: folder, serial number and time.

usage: components.py LIST FOLDER
"""

import datetime
import json
import os
import pathlib
import sys


def main(path, folder):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for spelling in (pathlib.Path(folder).resolve().as_uri(), os.path.realpath(folder)):
        text = text.replace(spelling, ".")
    components = json.loads(text)
    components.pop("serialNumber", None)
    made = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    components.setdefault("metadata", {})["timestamp"] = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    json.dump(components, sys.stdout, indent=2, sort_keys=True)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
