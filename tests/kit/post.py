"""A mail server that takes what it is sent, on a free port, in a thread of its own."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

CODE = re.compile(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b")


class PostOffice:
    """What came: `messages`, and `login`, the last user and password; `refuses` takes nothing."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.messages: list[EmailMessage] = []
        self.login = ("", "")
        self.refuses = False

    def code(self, address: str) -> str:
        """The code in the last message to an address."""
        mine = [one for one in self.messages if one["To"] == address]
        found = CODE.search(mine[-1].get_content())
        assert found, mine[-1].get_content()
        return found[1]


class _Line(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        self._say("220 post ESMTP")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            match verb.upper():
                case "EHLO":
                    self._say("250-post\r\n250 AUTH PLAIN")
                case "AUTH":
                    _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
                    self.office.login = (user, password)
                    self._say("235 in")
                case "RCPT" if self.office.refuses:
                    self._say(f"550 no mailbox {rest}")
                case "DATA":
                    self._say("354 go on")
                    self._take()
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 fine")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.office.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Run one."""
    handler = type("Line", (_Line,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        office = PostOffice(server.server_address[1])
        handler.office = office  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
