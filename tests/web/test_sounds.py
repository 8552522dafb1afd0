"""Sounds and films that models make: kept, served to be played, and heard before a vote."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncGenerator, Callable, Sequence

import pytest

from polyarena import (
    Arena,
    ArenaManifest,
    Audio,
    Event,
    File,
    FileReady,
    Finish,
    ModelRequest,
    PartReady,
    Run,
)
from polyarena.testing import Refused, ScriptedModel, Visitor
from polyarena.testing.samples import SOUND

Serve = Callable[..., Visitor]
FILMS = {
    "audio/wav": SOUND,
    "audio/flac": b"fLaC" + bytes(20),
    "audio/ogg": b"OggS" + bytes(20),
    "audio/mpeg": b"ID3" + bytes(20),
    "audio/mp4": bytes(3) + b"\x20ftypM4A " + bytes(20),
    "video/mp4": bytes(3) + b"\x20ftypisom" + bytes(20),
    "video/webm": b"\x1aE\xdf\xa3" + bytes(20),
    "application/octet-stream": b"<html><script>alert(1)</script>",
}


class Spoken(Arena):
    """Turns files that models make into sounds."""

    manifest = ArenaManifest(
        id="spoken",
        title="Spoken",
        summary="Sounds.",
        produces=frozenset({"audio", "file"}),
        gate="listen",
    )

    def __init__(self, seconds: float | None = 10) -> None:
        self._seconds = seconds

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        async for event in run.stream(request):
            if isinstance(event, PartReady) and isinstance(event.part, File):
                file = event.part
                event = PartReady(
                    Audio(
                        artifact=file.artifact,
                        filename="answer.wav",
                        size=file.size,
                        seconds=self._seconds,
                        text="<b>Hello</b>",
                    )
                )
            yield event


def models(*data: bytes) -> Sequence[ScriptedModel]:
    return [
        ScriptedModel(f"Voice {n}", [FileReady(each, "voice.wav"), Finish()])
        for n, each in enumerate(data)
    ]


def listen(visitor: Visitor, battle: str, side: str, sound: str, seconds: float) -> int:
    body = {"side": side, "bundle": sound, "seconds": seconds}
    return visitor.client.post(f"/api/v1/battles/{battle}/use", json=body).status_code


def test_a_sound_is_shown_with_a_player_and_played_in_pieces(serve_arena: Serve) -> None:
    battle = serve_arena(Spoken(), *models(SOUND, SOUND)).ask("spoken").wait()
    (part,) = battle.parts("a")
    assert isinstance(part, Audio)
    page = battle.page()
    (player, _) = page.find("audio")
    assert player["src"] == f"/artifacts/{part.artifact}/answer.wav"
    assert "<b>Hello</b>" in page.text
    served = battle.load(part)
    assert served.content == SOUND
    assert served.headers["content-type"] == "audio/wav"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]


def test_the_ballot_opens_when_both_were_heard(serve_arena: Serve) -> None:
    visitor = serve_arena(Spoken(), *models(SOUND, SOUND + bytes(2)))
    battle = visitor.ask("spoken").wait()
    assert battle.closed_because == "listen to answer A and answer B first"
    with pytest.raises(Refused, match="listen to answer A and answer B first"):
        battle.vote()
    sounds = {side: battle.parts(side)[0] for side in "ab"}
    digests = {side: part.artifact for side, part in sounds.items() if isinstance(part, Audio)}
    assert listen(visitor, battle.id, "a", digests["b"], 3) == 409
    assert listen(visitor, battle.id, "a", digests["a"], 3) == 200
    assert listen(visitor, battle.id, "b", digests["b"], 2.9) == 200
    assert battle.refresh().closed_because == "listen to answer B first"
    assert listen(visitor, battle.id, "b", digests["b"], 0.1) == 200
    assert battle.refresh().vote("b").names


def test_a_short_sound_is_heard_when_most_of_it_was_played(serve_arena: Serve) -> None:
    visitor = serve_arena(Spoken(seconds=1), *models(SOUND, SOUND))
    battle = visitor.ask("spoken").wait()
    for side in "ab":
        (sound,) = battle.parts(side)
        assert isinstance(sound, Audio)
        assert listen(visitor, battle.id, side, sound.artifact, 0.8) == 200
    assert battle.refresh().open


def test_who_has_no_scripts_says_so(serve_arena: Serve) -> None:
    visitor = serve_arena(Spoken(seconds=None), *models(SOUND, SOUND))
    battle = visitor.ask("spoken").wait()
    assert "I have listened to both" in battle.page().text
    visitor.client.post(f"/battles/{battle.id}/looked")
    assert battle.refresh().open


@pytest.mark.parametrize("kind", FILMS)
def test_a_file_is_served_as_what_it_is_known_to_be_and_never_as_a_page(
    serve_arena: Serve, kind: str
) -> None:
    plain = Arena()
    plain.manifest = dataclasses.replace(Spoken.manifest, gate=None)
    battle = serve_arena(plain, *models(FILMS[kind], FILMS[kind])).ask("spoken").wait()
    (part,) = battle.parts("a")
    assert isinstance(part, File)
    served = battle.load(part)
    assert served.headers["content-type"] == kind
    assert served.headers["content-disposition"].startswith("attachment")


def test_some_of_it_can_be_asked_for(serve_arena: Serve) -> None:
    visitor = serve_arena(Spoken(), *models(SOUND, SOUND))
    (part,) = visitor.ask("spoken").wait().parts("a")
    assert isinstance(part, Audio)
    address = f"/artifacts/{part.artifact}/answer.wav"
    some = visitor.client.get(address, headers={"range": "bytes=0-3"})
    assert (some.status_code, some.content) == (206, b"RIFF")


def test_a_model_that_makes_an_empty_file_has_failed(serve_arena: Serve) -> None:
    battle = serve_arena(Spoken(), *models(b"", SOUND)).ask("spoken").wait()
    failed = [side for side in "ab" if battle.status(side) == "failed"]
    assert len(failed) == 1


def test_a_stored_part_knows_where_it_is_served() -> None:
    sound = Audio(artifact="0" * 64, filename="a/b c?.wav", size=1)
    assert sound.url == f"/artifacts/{'0' * 64}/b%20c%3F.wav"
