"""Another host: a port on which nobody ought to call."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Elsewhere:
    """Listens to TCP and UDP on one port; `heard` is what came."""

    def __init__(self, tcp: socket.socket, udp: socket.socket) -> None:
        self.port = int(tcp.getsockname()[1])
        self.heard: list[str] = []
        self._tcp, self._udp = tcp, udp

    def listen(self) -> None:
        """Listen until the sockets are shut."""
        for serve in (self._calls, self._packets):
            threading.Thread(target=serve, daemon=True).start()

    def _calls(self) -> None:
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:
                return
            with connection:
                self.heard.append("a connection")

    def _packets(self) -> None:
        while True:
            try:
                data, _ = self._udp.recvfrom(1000)
            except OSError:
                return
            if data == b"":
                return
            self.heard.append(f"a packet of {len(data)} bytes")


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """A host on this machine that is neither the site nor an app's."""
    with (
        socket.socket() as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        udp.bind(tcp.getsockname())
        host = Elsewhere(tcp, udp)
        host.listen()
        yield host
        tcp.shutdown(socket.SHUT_RDWR)
        udp.sendto(b"", udp.getsockname())
