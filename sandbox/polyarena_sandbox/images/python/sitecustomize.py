"""Hands matplotlib the list of fonts made with the image, in the writable folder that it wants."""

import os

FONTS = "/usr/local/share/matplotlib"

if folder := os.environ.get("MPLCONFIGDIR"):
    try:
        os.mkdir(folder)
        names = os.listdir(FONTS)
    except OSError:
        names = []
    for name in names:
        os.symlink(os.path.join(FONTS, name), os.path.join(folder, name))
