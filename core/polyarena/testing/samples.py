"""What the conformance suite asks an arena."""

from __future__ import annotations

import base64
import itertools

from ..arena import ArenaManifest, FinishedBattle
from ..ballot import Choice
from ..content import Audio, Code, Custom, Image, Part, Prompt, Table, Text
from ..provider import Delta, Event, FileReady, Finish, PartReady, PictureReady
from ..side import Answer, SideStatus
from .scripted import Script, ScriptedModel

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \"'><svg onload=alert(1)> "
    "[x](javascript:alert(1)) ![x](http://192.0.2.1/x.png) <a href='java\tscript:alert(1)'>x</a>"
)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mP4zwAE/xkgFAAb"
    "8gP9PpddpAAAAABJRU5ErkJggg=="
)
"""A PNG of two red pixels and two blue ones."""
RIGHT_TO_LEFT = "ما هو الفرق بين \u202eاليمين\u202c واليسار؟ שלום"

SOUND = (
    b"RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x80\x3e\x00\x00\x02\x00\x10\x00data\x08\x00\x00\x00" + bytes(8)
)
"""Four samples of silence, as a WAV file."""

ATTACHED: dict[str, Part] = {
    "code": Code(text="print('bent')", language="python"),
    "table": Table(header=("colour", "nm"), rows=(("red", "700"), ("blue", "450"))),
}


def prompts(manifest: ArenaManifest) -> dict[str, Prompt]:
    """Prompts by what they are: ordinary, short, odd, as long as the limit allows."""
    limit = manifest.prompt_limit
    found = {
        "an ordinary prompt": Prompt.of("Explain what a rainbow is."[:limit]),
        "a prompt of one character": Prompt.of("?"),
        "a right-to-left prompt": Prompt.of(RIGHT_TO_LEFT[:limit]),
        "a prompt with HTML": Prompt.of(HOSTILE[:limit]),
        "a prompt of combining marks": Prompt.of(("e" + "\u0301" * 999)[:limit]),
        "a prompt as long as the limit": Prompt.of(("word " * (limit // 5 + 1))[:limit]),
    }
    for kind in sorted(manifest.accepts & ATTACHED.keys()):
        found[f"a prompt with {kind}"] = Prompt(parts=(Text(text="What is this?"), ATTACHED[kind]))
    for starter in manifest.starters:
        found[f"the starter {starter.title!r}"] = Prompt.of(starter.prompt)
    return found


def model(name: str, manifest: ArenaManifest, script: Script) -> ScriptedModel:
    """A model that can do all that the arena needs."""
    return ScriptedModel(
        name,
        script,
        capabilities=manifest.accepts | {manifest.capability, "text"},
        organization="Sampleworks",
        aliases=("sampleling",),
    )


def answer(manifest: ArenaManifest) -> tuple[Event, ...]:
    """An ordinary stream of what the arena produces."""
    text = (Delta("A rainbow is **light**.\n\n"), Delta("```python\nprint('bent')\n```\n"))
    shown = [PartReady(ATTACHED[kind]) for kind in sorted(manifest.produces & ATTACHED.keys())]
    sounds = [FileReady(SOUND, "sample.wav")] if "audio" in manifest.produces else []
    pictures = [PictureReady(PICTURE)] if "image" in manifest.produces else []
    return (*text, *shown, *sounds, *pictures, Finish(tokens_in=7, tokens_out=12))


def parts() -> dict[str, Part]:
    """Parts by what they are, with text that must be escaped."""
    return {
        "text": Text(text="A rainbow is **light**."),
        "empty text": Text(text=""),
        "hostile text": Text(text=HOSTILE),
        "right-to-left text": Text(text=RIGHT_TO_LEFT),
        "hostile code": Code(text=HOSTILE, language=HOSTILE[:20], filename=HOSTILE),
        "a hostile table": Table(header=(HOSTILE,), rows=((HOSTILE,), ("",)), caption=HOSTILE),
        "a sound": Audio(artifact="0" * 64, filename=HOSTILE, size=len(SOUND), text=HOSTILE),
        "a picture with a hostile name": Image(
            artifact="0" * 64,
            media_type="image/png",
            width=2,
            height=2,
            filename=HOSTILE,
            alt=HOSTILE,
        ),
        "a part of an unknown kind": Custom(kind="sample-unknown", data={"html": HOSTILE}),
    }


def battles(manifest: ArenaManifest) -> list[tuple[str, FinishedBattle]]:
    """Finished battles over the sample prompts, with every choice, one turn and two."""
    answers = (_answer("Light, bent by drops. 1) red 2) blue"), _answer(HOSTILE))
    odd = (_answer(""), _answer(RIGHT_TO_LEFT * 50))
    choices = itertools.cycle((None, *Choice))
    found = []
    for what, prompt in prompts(manifest).items():
        for pair in (answers, odd):
            battle = FinishedBattle(manifest.id, (prompt,), (pair,), next(choices))
            found.append((what, battle))
    two = Prompt.of("And at night?")
    found.append(("two turns", FinishedBattle(manifest.id, (two, two), (answers, odd), Choice.TIE)))
    return found


def _answer(text: str) -> Answer:
    return Answer(status=SideStatus.DONE, parts=(Text(text=text),), finish="stop", tokens=5)
