"""Unpacks what it was given, to the disk or into memory."""

import gzip
import sys
import zipfile
from pathlib import Path

if sys.argv[1] == "to disk":
    with zipfile.ZipFile("bomb.zip") as archive:
        archive.extractall("unpacked")
else:
    print(len(gzip.decompress(Path("bomb.gz").read_bytes())))
