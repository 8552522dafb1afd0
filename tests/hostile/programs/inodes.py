"""Makes empty files, names for them, and folders, until there is no room for any."""

import itertools
import os

for number in itertools.count():
    os.mkdir(f"/tmp/folder{number}")
    open(f"/work/file{number}", "w").close()
    os.symlink("nowhere", f"/work/link{number}")
