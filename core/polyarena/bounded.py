"""Running other people's code for a bounded time.

Synchronous code runs in daemon threads, so that a call that never returns neither blocks the
event loop nor keeps the process from exiting. A call that hangs is left behind and its thread
asked to stop, which ends a busy loop; one that sleeps ends when it wakes.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import ctypes
import threading
from collections.abc import Awaitable, Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

_left_behind: set[asyncio.Task[Any]] = set()


class CallFailed(Exception):
    """The code that was called raised; `__cause__` is what it raised."""


class CallHung(CallFailed):
    """The code that was called did not return in time."""


def call(function: Callable[[], T], seconds: float) -> T:
    """Call a function in a thread of its own and wait at most so many seconds.

    Raises:
        CallFailed: it raised, SystemExit and KeyboardInterrupt included.
        CallHung: it did not return in time.
    """
    outcome: list[tuple[T | None, BaseException | None]] = []
    thread = _Thread(lambda: outcome.append(_attempt(function)))
    thread.start()
    thread.join(seconds)
    if not outcome:
        thread.interrupt()
        raise CallHung(_too_long(seconds))
    value, error = outcome[0]
    if error is not None:
        raise CallFailed(type(error).__name__) from error
    return value  # type: ignore[return-value]


async def wait(awaitable: Awaitable[T], seconds: float) -> T:
    """Await something at most so many seconds, even if it ignores its cancellation.

    Raises:
        CallFailed: it raised, or cancelled itself.
        CallHung: it was not done in time, and has been cancelled.
    """
    task = asyncio.ensure_future(_contained(awaitable))
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            _left_behind.add(task)
            task.add_done_callback(_forget)
            task.cancel()
    if not task.done():
        raise CallHung(_too_long(seconds))
    return task.result()


class Workers:
    """Daemon threads for the calls of one plugin, at most `size` at a time.

    `hangs` counts the calls that did not return in time.
    """

    def __init__(self, size: int = 8) -> None:
        self.hangs = 0
        self._slots = asyncio.Semaphore(size)
        self._idle: list[_Worker] = []

    async def run(self, function: Callable[[], T], seconds: float) -> T:
        """Call a function in a worker and await its answer at most so many seconds.

        Raises:
            CallFailed: it raised.
            CallHung: it did not return in time, or no worker was free.
        """
        if self._slots.locked():
            try:
                async with asyncio.timeout(seconds):
                    await self._slots.acquire()
            except TimeoutError:
                raise CallHung(f"no worker was free for {seconds:g} s") from None
        else:
            await self._slots.acquire()
        worker = self._idle.pop() if self._idle else _Worker()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        context = contextvars.copy_context()
        watch = loop.call_later(seconds, self._expire, worker, future, seconds)

        def job() -> None:
            value, error = _attempt(lambda: context.run(function))
            worker.busy = False
            # The loop may be closed by the time a call that hung returns.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._settle, worker, watch, future, value, error)

        worker.busy = True
        worker.jobs.put(job)
        return await future

    def _expire(self, worker: _Worker, future: asyncio.Future[Any], seconds: float) -> None:
        # Where the loop itself was held up, the answer may be there and only not yet seen.
        if not worker.busy:
            return
        self.hangs += 1
        worker.stuck = True
        worker.jobs.put(None)
        worker.thread.interrupt()
        if not future.done():
            future.set_exception(CallHung(_too_long(seconds)))

    def _settle(
        self,
        worker: _Worker,
        watch: asyncio.TimerHandle,
        future: asyncio.Future[Any],
        value: object,
        error: BaseException | None,
    ) -> None:
        watch.cancel()
        self._slots.release()
        if not worker.stuck:
            self._idle.append(worker)
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            failure = CallFailed(type(error).__name__)
            failure.__cause__ = error
            future.set_exception(failure)

    def close(self) -> None:
        """Let the idle threads end."""
        while self._idle:
            self._idle.pop().jobs.put(None)


class _Thread(threading.Thread):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(name="polyarena-plugin", daemon=True)
        self._work = work

    def run(self) -> None:
        with contextlib.suppress(SystemExit):
            self._work()

    def interrupt(self) -> None:
        """Raise SystemExit in the thread, at its next bytecode."""
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        if self.ident is not None and self.is_alive():
            raise_in(ctypes.c_ulong(self.ident), ctypes.py_object(SystemExit))


class _Worker:
    def __init__(self) -> None:
        self.jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.busy = self.stuck = False
        self.thread = _Thread(self._work)
        self.thread.start()

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            job()


def _attempt(function: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return function(), None
    except BaseException as error:
        return None, error


async def _contained(awaitable: Awaitable[T]) -> T:
    task = asyncio.current_task()
    try:
        return await awaitable
    except BaseException as error:
        if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
            raise
        # SystemExit or KeyboardInterrupt would otherwise stop the event loop.
        raise CallFailed(type(error).__name__) from error


def _forget(task: asyncio.Task[Any]) -> None:
    _left_behind.discard(task)
    if not task.cancelled():
        task.exception()


def _too_long(seconds: float) -> str:
    return f"it did not return within {seconds:g} s"
