"""How much memory a process and its children take, while something else goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def resident(pid: int) -> int:
    """The resident memory of a process and of all that it started, in bytes."""
    return sum(_own(each) for each in _tree(pid))


@contextmanager
def highest(pid: int, every: float = 0.01) -> Iterator[list[int]]:
    """Watches a process and its children; at the end the list's last is the most they took."""
    seen, over = [resident(pid)], threading.Event()

    def watch() -> None:
        most = seen[0]
        while not over.wait(every):
            most = max(most, resident(pid))
        seen.append(most)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _tree(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in _children(task)]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _tree(child))]


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
