"""Tells process 1 without end that a child of it has ended."""

import os
import signal

for _ in range(20):
    if os.fork() == 0:
        break
while True:
    os.kill(1, signal.SIGCHLD)
