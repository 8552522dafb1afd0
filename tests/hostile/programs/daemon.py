"""Leaves daemons behind: of a session of their own, deaf, stopped, or forking on."""

import os
import signal
import time


def detached() -> bool:
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


if detached():
    time.sleep(3600)
if detached():
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)
if detached():
    os.kill(os.getpid(), signal.SIGSTOP)
if detached():
    while os.fork() == 0 or os.wait():
        time.sleep(0.001)
print("end", flush=True)
