"""Prints what is no text: every byte, broken UTF-8, zeros, and what terminals obey."""

import os

every = bytes(range(256))
broken = b"\xc3\x28 \xed\xa0\x80 \xf8\x88\x80\x80\x80 \xff\xfe \xe2\x82"
orders = b"\x1b[2J\x1b]0;title\x07\x1b[8m\r\x08\x9b31m\x0e"
os.write(1, every + broken + orders)
os.write(2, orders + broken + every)
