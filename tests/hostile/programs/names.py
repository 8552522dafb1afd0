"""Gives files names that would leave a folder, spoil a page, a log or a header, or have no end."""

import os

NAMES = (
    "..secret",
    "...",
    "a..",
    "-rf",
    "~root",
    " leading and trailing ",
    "new\nline",
    "carriage\rreturn\r\nSet-Cookie: a=b",
    "tab\tbell\x07back\x08",
    "\x1b[2J\x1b]0;title\x07.txt",
    "\x7f\x80\x9b31m",
    "..\\..\\windows.txt",
    "C:\\autoexec.bat",
    "CON",
    "%2e%2e%2fpercent",
    "<img src=x onerror=alert(1)>.png",
    '"; filename="other.exe',
    "right\u202etxt.exe",
    "\u2066isolated\u2069",
    "zero\u200bwidth\ufeff",
    "line\u2028separator",
    "combining" + "\u0301" * 80,
    "\udcff\udcfe broken",
    "half\udcc3",
    "x" * 255,
    "é" * 127,
)

os.mkdir("many")
for name in NAMES:
    with open(f"many/{name}", "w") as file:
        file.write("x")
