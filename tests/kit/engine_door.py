"""A door to the container engine that can be shut: how an engine is missed, or hangs."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

PIECE = 1 << 16

ENGINE = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").removeprefix("unix://")


class EngineDoor:
    """A Unix socket that leads to the engine; `url` is how to reach it.

    `shut` ends every connection and takes no more, `freeze` lets nothing more through without
    ending anything, `open` undoes both.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "engine.sock"
        self.url = f"unix://{self._path}"
        self._flowing = threading.Event()
        self._listening: socket.socket | None = None
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shut()
        for thread in self._threads:
            thread.join()

    def open(self) -> None:
        """Lead to the engine."""
        self._flowing.set()
        if self._listening is None:
            self._path.unlink(missing_ok=True)
            self._listening = socket.socket(socket.AF_UNIX)
            self._listening.bind(str(self._path))
            self._listening.listen()
            self._start(self._accept, self._listening)

    def freeze(self) -> None:
        """Let nothing more through."""
        self._flowing.clear()

    def shut(self) -> None:
        """End every connection and take no more."""
        with self._lock:
            listening, self._listening = self._listening, None
            ends, self._ends = self._ends, []
        for end in (*ends, *([listening] if listening else [])):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._flowing.set()
        self._path.unlink(missing_ok=True)

    def _start(self, body: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=body, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listening: socket.socket) -> None:
        with listening, suppress(OSError):
            while True:
                here, _ = listening.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(ENGINE)
                with self._lock:
                    self._ends += [here, there]
                self._start(self._serve, here, there)

    def _serve(self, here: socket.socket, there: socket.socket) -> None:
        with here, there:
            back = threading.Thread(target=self._pump, args=(there, here), daemon=True)
            back.start()
            self._pump(here, there)
            back.join()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(PIECE):
                self._flowing.wait()
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
