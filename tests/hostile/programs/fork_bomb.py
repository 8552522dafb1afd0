"""Forks for as long as it can; the children only wait."""

import os
import time

while True:
    if os.fork() == 0:
        time.sleep(3600)
