"""Checks that a program which takes too much is stopped, and what is said then."""

from __future__ import annotations

from polyarena.sandbox import Job, Outcome, Sandbox, SourceFile

from .checking import Check, expect, run, step_of

STUBBORN = """
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
print("begun", flush=True)
while True: pass
"""

FLOOD = """
import os
piece = b"x" * 65536
while True: os.write({stream}, piece)
"""

FORKS = """
import os, time
while True:
    if os.fork() == 0: time.sleep(60)
"""

INODES = """
for number in range(10_000_000): open(f"/work/{number}", "w").close()
"""

DISK = """
with open("/work/large", "wb", buffering=0) as file:
    while True: file.write(bytes(1 << 20))
"""

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
print("done", flush=True)
"""

BOMB = """
#include "/dev/zero"
int main(void) {}
"""


async def time(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, STUBBORN, seconds=1)
    expect(step.outcome is Outcome.TIME, step.outcome)
    expect(step.stdout == b"begun\n", step.stdout)
    expect(0.9 < step.seconds < 3, f"it ran {step.seconds:.1f} s")


async def memory(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, "x = []\nwhile True: x.append(bytearray(10_000_000))")
    expect(step.outcome is Outcome.MEMORY, (step.outcome, step.exit_code, step.signal))


async def output(sandbox: Sandbox) -> None:
    for stream in (1, 2):
        step = await step_of(sandbox, FLOOD.format(stream=stream))
        expect(step.outcome is Outcome.OUTPUT, step.outcome)
        expect((step.stdout_cut, step.stderr_cut) == (stream == 1, stream == 2), "not said")
        expect(len(step.stdout + step.stderr) > 0, "nothing of it was kept")


async def processes(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, FORKS)
    expect(step.outcome is Outcome.PROCESSES, (step.outcome, step.stderr[-200:]))


async def disk(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, DISK)
    expect(step.outcome is Outcome.DISK, (step.outcome, step.signal, step.stderr[-200:]))


async def inodes(sandbox: Sandbox) -> None:
    result = await run(sandbox, INODES)
    expect(result.outcome is Outcome.DISK, (result.outcome, result.steps[-1].stderr[-200:]))
    expect(len(result.files) < 1000 and len(result.omitted) < 1000, "too many files came back")


async def what_is_left_running(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, DAEMON)
    expect((step.outcome, step.stdout) == (Outcome.OK, b"done\n"), step)
    expect(step.seconds < 5, f"it was waited for {step.seconds:.1f} s")


async def time_to_compile(sandbox: Sandbox) -> None:
    result = await sandbox.run(Job("c", (SourceFile("main.c", BOMB.encode()),)))
    expect(not result.compiled, result.outcome)
    expect([step.name for step in result.steps] == ["compile"], result.steps)


CHECKS = (
    Check("time, of one that ignores every signal", time),
    Check("memory", memory),
    Check("output", output),
    Check("processes", processes),
    Check("disk", disk),
    Check("number of files", inodes),
    Check("processes left running are not waited for", what_is_left_running),
    Check("a compiler fed without end", time_to_compile, "c"),
)
