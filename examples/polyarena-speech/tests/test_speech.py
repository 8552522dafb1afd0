"""The speech arena, over HTTP."""

import io
import wave

import pytest
from polyarena import Audio, FileReady, Finish
from polyarena.testing import Refused, ScriptedModel, check_arena

from polyarena_speech.arena import SpeechArena
from polyarena_speech.demo import VOICES, HummingProvider, hummed
from polyarena_speech.sounds import rewritten


def test_it_conforms():
    assert check_arena(SpeechArena()) == []


def test_two_voices_are_heard_before_the_vote(serve_arena):
    visitor = serve_arena(SpeechArena(), HummingProvider())
    battle = visitor.ask("speech", "A lamp in the dark", inputs={"manner": "slow"}).wait()
    with pytest.raises(Refused, match="listen to answer A and answer B first"):
        battle.vote()
    for side in "ab":
        (sound,) = battle.parts(side)
        assert isinstance(sound, Audio)
        with wave.open(io.BytesIO(battle.load(sound).content)) as file:
            assert file.getnframes() / file.getframerate() == pytest.approx(sound.seconds)
        told = {"side": side, "bundle": sound.artifact, "seconds": 3}
        visitor.client.post(f"/api/v1/battles/{battle.id}/use", json=told).raise_for_status()
    assert len(battle.page().find("audio")) == 2
    battle.refresh().vote("a", reasons=["natural"])
    assert set(battle.names.values()) <= {voice.name for voice in VOICES.values()}


def test_nothing_is_left_of_what_a_file_says_of_its_maker(serve_arena):
    plain = hummed("Hello", VOICES["low"])
    signed = plain + b"LIST\x10\x00\x00\x00INFOISFT\x04\x00\x00\x00Acme"
    voices = [
        ScriptedModel(name, [FileReady(signed, "acme.wav"), Finish()], capabilities={"speech"})
        for name in ("Acme One", "Acme Two")
    ]
    battle = serve_arena(SpeechArena(), *voices).ask("speech").wait()
    for side in "ab":
        (sound,) = battle.parts(side)
        assert b"Acme" not in battle.load(sound).content
        assert sound.filename == "answer.wav"


def test_an_answer_without_a_sound_has_failed(serve_arena):
    mute = ScriptedModel("Mute", ["I would say:", Finish()], capabilities={"speech"})
    noise = ScriptedModel(
        "Noise", [FileReady(b"RIFFnonsense", "x.wav"), Finish()], capabilities={"speech"}
    )
    battle = serve_arena(SpeechArena(), mute, noise).ask("speech").wait()
    assert {battle.status(side) for side in "ab"} == {"failed"}


def test_every_sound_is_as_loud_at_its_loudest():
    loud, faint = (rewritten(hummed("aaa", VOICES[name])).data[44:] for name in ("low", "robot"))
    assert [max(memoryview(data).cast("h")) for data in (loud, faint)] == [26000, 26000]
