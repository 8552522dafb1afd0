"""Sends every signal to its parent, to process 1, and then to all there is."""

import contextlib
import os
import signal

for target in (1, os.getppid(), -os.getpgid(1)):
    for number in range(1, signal.NSIG):
        with contextlib.suppress(OSError):
            os.kill(target, number)
for number in (signal.SIGKILL, signal.SIGCHLD):
    with contextlib.suppress(OSError):
        signal.pidfd_send_signal(os.pidfd_open(1), number)
with contextlib.suppress(OSError):
    os.kill(-1, signal.SIGKILL)
print("end", flush=True)
