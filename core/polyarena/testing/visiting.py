"""A visitor of a running arena: asks, waits, looks, votes, and sees who it was."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from ..content import Input, Part, Text
from .page import Page

if TYPE_CHECKING:
    from httpx import Client, Response

_PARTS: TypeAdapter[tuple[Part, ...]] = TypeAdapter(tuple[Part, ...])
SECONDS = 60


class Refused(AssertionError):
    """The server did not do what was asked; `status` and `code` as its answer has them."""

    def __init__(self, answer: Response) -> None:
        try:
            told = answer.json()["error"]
        except (ValueError, KeyError, TypeError):
            told = {"code": "", "message": answer.text[:300]}
        super().__init__(f"{answer.status_code}: {told['message']}")
        self.status = answer.status_code
        self.code = str(told["code"])


def follow(client: Client, path: str, last: str = "") -> Generator[tuple[str, str, Any]]:
    """The events of a stream, to its end: id, name and data; what comes after the id `last`.

    Raises:
        Refused: there is no such stream.
    """
    headers = {"last-event-id": last} if last else {}
    with client.stream("GET", path, headers=headers, timeout=SECONDS) as stream:
        if stream.is_error:
            stream.read()
            raise Refused(stream)
        number = name = ""
        for line in stream.iter_lines():
            field, _, value = line.partition(": ")
            if field == "id":
                number = value
            elif field == "event":
                name = value
            elif field == "data":
                yield number, name, json.loads(value)


class Visitor:
    """A person with a browser of their own, over a client of the running server."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(
        self,
        arena: str,
        prompt: str = "Hello",
        *,
        inputs: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        **more: Any,
    ) -> PlayedBattle:
        """Begin a battle; `inputs` by a field's id, `files` by name, `more` as the API has it.

        Raises:
            Refused: the prompt was not taken.
        """
        body = {"prompt": self._prompt(prompt, inputs or {}, files or {}), **more}
        answer = self.client.post(f"/api/v1/arenas/{arena}/battles", json=body)
        return PlayedBattle(self, _told(answer))

    def page(self, path: str) -> Page:
        """A page as it is rendered.

        Raises:
            Refused: there is none.
        """
        answer = self.client.get(path, follow_redirects=True)
        if answer.is_error:
            raise Refused(answer)
        return Page(answer.text)

    def arenas(self) -> list[str]:
        """The ids of the arenas, in the order of their tabs."""
        return [arena["id"] for arena in _told(self.client.get("/api/v1/arenas"))]

    def _prompt(
        self, text: str, inputs: Mapping[str, str], files: Mapping[str, bytes]
    ) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = [Text(text=text).model_dump()]
        parts += [Input(name=name, text=value).model_dump() for name, value in inputs.items()]
        for name, data in files.items():
            sent = self.client.post("/api/v1/artifacts", files={"file": (name, data)})
            stored = _told(sent)
            known = ("type", "artifact", "filename")
            parts.append({key: stored[key] for key in known})
        return parts


class PlayedBattle:
    """A battle as its visitor sees it; `state` is what the server last told of it."""

    def __init__(self, visitor: Visitor, state: dict[str, Any]) -> None:
        self._visitor = visitor
        self.state = state

    @property
    def id(self) -> str:
        """Its id, part of every address."""
        return str(self.state["id"])

    @property
    def open(self) -> bool:
        """Whether a vote would be taken now."""
        return bool(self.state["ballot"]["open"])

    @property
    def closed_because(self) -> str:
        """Why no vote would be taken, or an empty text."""
        return self.state["ballot"]["closed_because"] or ""

    @property
    def names(self) -> dict[str, str]:
        """The models' names by side; empty before the vote."""
        return {side: model["model"] for side, model in self.state.get("models", {}).items()}

    def events(self) -> Generator[tuple[str, Any]]:
        """The last turn's events as they come, name and data, to their end."""
        path = f"/api/v1/battles/{self.id}/events"
        for _, name, data in follow(self._visitor.client, path):
            yield name, data

    def wait(self) -> PlayedBattle:
        """Wait until both sides are over."""
        for _ in self.events():
            pass
        return self.refresh()

    def refresh(self) -> PlayedBattle:
        """See how it stands."""
        self.state = _told(self._visitor.client.get(f"/api/v1/battles/{self.id}"))
        return self

    def ask(self, prompt: str) -> PlayedBattle:
        """Ask both another prompt."""
        body = {"prompt": [Text(text=prompt).model_dump()]}
        return self._post("turns", body)

    def retry(self, side: str) -> PlayedBattle:
        """Ask a failed side again."""
        return self._post("retry", {"side": side})

    def status(self, side: str) -> str:
        """Where a side's last answer stands: `done`, `failed`, …"""
        return str(self._answer(side)["status"])

    def parts(self, side: str) -> tuple[Part, ...]:
        """The parts of a side's last answer."""
        return _PARTS.validate_python(self._answer(side)["parts"])

    def load(self, part: Any) -> Response:
        """The stored bytes of a part, with the headers that they are served with."""
        answer = self._visitor.client.get(f"/artifacts/{part.artifact}/{part.filename or 'file'}")
        if answer.is_error:
            raise Refused(answer)
        return answer

    def page(self) -> Page:
        """Its page."""
        return self._visitor.page(f"/battles/{self.id}")

    def act(self, side: str, name: str, **values: str) -> tuple[Part, ...]:
        """Do what a form under an answer offers; the parts that come of it."""
        body = {
            "turn": len(self.state["turns"]) - 1,
            "side": side,
            "name": name,
            "values": values,
        }
        path = f"/api/v1/battles/{self.id}/actions"
        return _PARTS.validate_python(_told(self._visitor.client.post(path, json=body)))

    def vote(
        self, choice: str = "a", reasons: Sequence[str] = (), comment: str = "", **more: Any
    ) -> PlayedBattle:
        """Cast the vote, which reveals `names`; `more` as the API has it, such as `aspects`.

        Raises:
            Refused: the ballot is not open, or does not have this choice.
        """
        body = {"choice": choice, "reasons": reasons, "comment": comment, **more}
        return self._post("vote", body)

    def _answer(self, side: str) -> dict[str, Any]:
        found: dict[str, Any] = self.state["turns"][-1]["answers"][side]
        return found

    def _post(self, what: str, body: Mapping[str, Any]) -> PlayedBattle:
        path = f"/api/v1/battles/{self.id}/{what}"
        self.state = _told(self._visitor.client.post(path, json=body))
        return self


def _told(answer: Response) -> Any:
    if answer.is_error:
        raise Refused(answer)
    return answer.json()
