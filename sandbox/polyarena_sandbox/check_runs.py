"""Checks that programs run as they should: every language, input, output, files, steps."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import aclosing
from functools import partial

from polyarena import BadJob
from polyarena.sandbox import Job, Outcome, Result, Running, Sandbox, SourceFile, Step

from .checking import Check, answer, expect, run, step_of

HELLO = {
    "python": "print('hello')",
    "javascript": "console.log('hello')",
    "typescript": "const word: string = 'hello'\nconsole.log(word)",
    "c": '#include <stdio.h>\nint main(void) { puts("hello"); }',
    "cpp": '#include <iostream>\nint main() { std::cout << "hello\\n"; }',
    "go": 'package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }',
    "rust": 'fn main() { println!("hello"); }',
    "java": 'class Main { public static void main(String[] a) { System.out.println("hello"); } }',
    "bash": "echo hello",
    "sql": "SELECT 'hello';",
}

FILES = """
import os
os.makedirs("out/deep")
open("out/deep/new.bin", "wb").write(bytes(range(256)))
open("given.txt", "a").write(" changed")
open(".hidden", "w").write("no result")
os.symlink("/etc/passwd", "link")
os.mkfifo("fifo")
os.link("given.txt", "twice")
"""

CRASH = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"

SERVER = """
import http.server, json, threading, urllib.request
server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
threading.Thread(target=server.handle_request).start()
try:
    urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/")
except urllib.error.HTTPError as error:
    print(json.dumps(error.code))
"""

WORKERS = """
import json, multiprocessing
print(json.dumps(multiprocessing.Pool(2).map(abs, [-1, -2])))
"""


async def says_hello(sandbox: Sandbox, language: str) -> None:
    """A program in a language prints a word."""
    main = next(one.main for one in sandbox.languages() if one.id == language)
    result = await sandbox.run(Job(language, (SourceFile(main, HELLO[language].encode()),)))
    step = result.steps[-1]
    expect(result.outcome is Outcome.OK, f"{result.outcome}: {step.stderr[-300:]!r}")
    expect(b"hello" in step.stdout, step.stdout)
    expect(bool(result.environment), "the environment has no name")


async def input_and_arguments(sandbox: Sandbox) -> None:
    source = "import sys; print(sys.argv[1:], sys.stdin.read())"
    step = await step_of(sandbox, source, stdin=b"in\nput", arguments=("a b", "ü"))
    expect(step.stdout.decode() == "['a b', 'ü'] in\nput\n", step.stdout)


async def output_in_bytes(sandbox: Sandbox) -> None:
    every = bytes(range(256)) * 40
    source = "import os; os.write(1, bytes(range(256)) * 40); os.write(2, b'\\xff\\0')"
    step = await step_of(sandbox, source)
    expect(step.stdout == every and step.stderr == b"\xff\0", "bytes were lost or changed")
    expect(not (step.stdout_cut or step.stderr_cut), "said to be cut")


async def exits_and_signals(sandbox: Sandbox) -> None:
    failed = await step_of(sandbox, "raise SystemExit(7)")
    expect((failed.outcome, failed.exit_code) == (Outcome.FAILED, 7), failed)
    crashed = await step_of(sandbox, CRASH)
    expect(crashed.outcome is Outcome.FAILED and crashed.exit_code is None, crashed)
    expect(crashed.signal == "SIGSEGV", crashed.signal)


async def resources(sandbox: Sandbox) -> None:
    source = "x = bytearray(60_000_000)\nfor _ in range(3_000_000): pass"
    step = await step_of(sandbox, source)
    expect(step.cpu_seconds > 0 and step.seconds > 0, "no times")
    expect(55_000_000 < step.memory < 200_000_000, f"{step.memory:,} bytes for 60 million")


async def files_come_back(sandbox: Sandbox) -> None:
    given = [SourceFile("given.txt", b"given"), SourceFile("a/same.txt", b"same")]
    result = await run(sandbox, FILES, *given)
    expect(result.outcome is Outcome.OK, result.steps[-1].stderr[-300:])
    came = {file.name: file.data for file in result.files}
    expect(came.get("out/deep/new.bin") == bytes(range(256)), sorted(came))
    expect(not {"a/same.txt", "main.py", ".hidden", "link", "fifo"} & set(came), sorted(came))
    left = {file.name for file in result.omitted}
    expect({"link", "fifo"} <= left, sorted(left))


async def steps_share_a_directory(sandbox: Sandbox) -> None:
    source = (
        "import sys; open('seen', 'a').write(sys.argv[1]); print(open('seen').read())\n"
        "raise SystemExit(sys.argv[1] == 'b')"
    )
    steps = tuple(Step(name, arguments=(name,)) for name in "abc")
    result = await sandbox.run(Job("python", (SourceFile("m.py", source.encode()),), "m.py", steps))
    expect([step.name for step in result.steps] == ["a", "b", "c"], result.steps)
    expect([step.stdout for step in result.steps] == [b"a\n", b"ab\n", b"abc\n"], result.steps)
    expect(result.outcome is Outcome.FAILED, result.outcome)


async def compiler_errors(sandbox: Sandbox) -> None:
    result = await sandbox.run(Job("c", (SourceFile("main.c", b"int main( {"),)))
    expect(result.outcome is Outcome.FAILED and not result.compiled, result.outcome)
    expect([step.name for step in result.steps] == ["compile"], result.steps)
    expect(b"error" in result.steps[0].stderr + result.steps[0].stdout, "no message")


async def loopback(sandbox: Sandbox) -> None:
    expect(await answer(sandbox, SERVER) == 501, "a server of the program's own is not reached")


async def worker_processes(sandbox: Sandbox) -> None:
    expect(await answer(sandbox, WORKERS) == [1, 2], "no pool of processes")


async def progress_is_told(sandbox: Sandbox) -> None:
    job = Job("python", (SourceFile("main.py", b"import time; time.sleep(2.5)"),))
    loop = asyncio.get_running_loop()
    times, last = [loop.time()], None
    async with aclosing(sandbox.stream(job)) as events:
        async for last in events:
            times.append(loop.time())
            if isinstance(last, Running):
                expect(last.step == "run", last)
    expect(isinstance(last, Result), f"the last is {type(last).__name__}")
    gaps = [after - before for before, after in itertools.pairwise(times)]
    expect(max(gaps) < 3, f"nothing was told for {max(gaps):.1f} s")


async def wrong_jobs_are_refused(sandbox: Sandbox) -> None:
    text = b"print(1)"
    for what, job in {
        "an unknown language": Job("no such", (SourceFile("main.py", text),)),
        "no files": Job("python", ()),
        "a name that goes up": Job("python", (SourceFile("../main.py", text),)),
        "an absolute name": Job("python", (SourceFile("/tmp/main.py", text),)),  # noqa: S108
        "an empty name": Job("python", (SourceFile("", text),)),
        "a main file that is not there": Job("python", (SourceFile("a.py", text),), "b.py"),
    }.items():
        try:
            await sandbox.run(job)
        except BadJob:
            continue
        expect(False, f"{what} is taken")


async def cancelling_ends_at_once(sandbox: Sandbox) -> None:
    job = Job("python", (SourceFile("main.py", b"while True: pass"),))
    loop = asyncio.get_running_loop()
    async with aclosing(sandbox.stream(job)) as events:
        async for event in events:
            if isinstance(event, Running):
                break
        began = loop.time()
    expect(loop.time() - began < 1, "closing took longer than a second")
    step = await step_of(sandbox, "print(1)")
    expect(step.stdout == b"1\n", "the next program did not run")


CHECKS = (
    *(Check(f"hello in {one}", partial(says_hello, language=one), one) for one in HELLO),
    Check("input and arguments", input_and_arguments),
    Check("output in bytes", output_in_bytes),
    Check("exit codes and signals", exits_and_signals),
    Check("times and memory", resources),
    Check("files come back, links and pipes do not", files_come_back),
    Check("steps share a directory", steps_share_a_directory),
    Check("compiler errors", compiler_errors, "c"),
    Check("a server on the loopback", loopback),
    Check("worker processes", worker_processes),
    Check("progress is told", progress_is_told),
    Check("wrong jobs are refused", wrong_jobs_are_refused),
    Check("cancelling ends at once", cancelling_ends_at_once),
)
