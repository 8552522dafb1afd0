from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from polyarena import Code, ConfigError, Objection, Picture, Prompt, Table, Text
from polyarena_guard.plugin import polyarena_screen_image, polyarena_screen_prompt


def screen(text: str, **options: Any) -> Objection | None:
    return polyarena_screen_prompt(Prompt.of(text), options)


# Put together here, so that no scanner takes this file for a leak.
SECRETS = {
    "sk-": [
        "sk-" + "a1B2" * 12,
        "sk-proj-" + "a1-B2_c3D4e5F6g7H8i9J0k1" * 5,
        "sk-ant-api03-" + "Zz9" * 30,
        "sk-or-v1-" + "0f" * 32,
    ],
    "AWS": ["AKIA" + "ABCD1234EFGH5678"],
    "GitHub": ["ghp_" + "a1B2c3D4e5F6" * 3, "github_pat_" + "A1_b2" * 16],
    "GitLab": ["glpat-" + "aB3-_" * 4],
    "Slack": ["xoxb-" + "1234567890-abc"],
    "Google": ["AIza" + "aB3-_" * 7],
    "Hugging Face": ["hf_" + "aB" * 17],
    "Stripe": ["sk_live_" + "a1B2c" * 5],
    "private key": [
        f"-----BEGIN {kind}PRIVATE KEY-----" for kind in ("", "RSA ", "OPENSSH ", "ENCRYPTED ")
    ],
}


@pytest.mark.parametrize(
    ("kind", "secret"), [(kind, each) for kind, all_ in SECRETS.items() for each in all_]
)
@pytest.mark.parametrize("frame", ["{}", "My key is '{}', why?", "KEY={}\nrun", "请看：{}。"])
def test_secrets_are_seen_and_not_repeated(kind: str, secret: str, frame: str) -> None:
    objection = screen(frame.format(secret))
    assert objection is not None
    assert kind in objection.message
    assert secret not in objection.message
    assert "take it out" in objection.message


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "",
        "What is an sk- key, and how do I rotate it?",
        "Use sk-learn-based-classification-models-of-2024 for this",
        "risk-" + "a1B2" * 12,
        "The AKIA prefix marks AWS keys",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----",
        "a commit: " + "0f" * 20,
        "a UUID: 123e4567-e89b-12d3-a456-426614174000",
    ],
)
def test_harmless_prompts_pass(text: str) -> None:
    assert screen(text) is None


def test_every_part_is_looked_at() -> None:
    key = SECRETS["AWS"][0]
    for part in (Code(text=key), Table(header=("a",), rows=((key,),))):
        prompt = Prompt(parts=(Text(text="See this"), part))
        assert polyarena_screen_prompt(prompt, {}) is not None


def test_secrets_may_be_let_through() -> None:
    assert screen(SECRETS["AWS"][0], secrets=False) is None


def test_patterns_of_the_operator() -> None:
    options = {"patterns": [r"\bproject falcon\b", "x{5}"]}
    assert screen("What of Project Falcon?", **options) is not None
    assert screen("xxxxx", **options) is not None
    assert screen("A falcon project", **options) is None


def test_an_objection_does_not_show_the_pattern() -> None:
    objection = screen("project falcon", patterns=["falcon"])
    assert objection is not None
    assert "falcon" not in objection.message


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"patterns": ["fine", "(oops"]}, r"\(oops"),
        ({"patterns": [5]}, "5"),
        ({"patterns": "a"}, r"guard\.patterns"),
        ({"secrets": "no"}, r"guard\.secrets"),
        ({"pattern": []}, "pattern"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        screen("Hello", **options)


@pytest.mark.parametrize(
    "piece", ["sk-", "sk-a", "sk-1-", "xox", "-----BEGIN ", "AKIA", "ghp_a", "\n", "a", "-", "A "]
)
def test_prompts_of_the_greatest_length_are_read_through(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert screen(text) is None
    assert screen(f"{text} {SECRETS['AWS'][0]}") is not None


LOOK = 0xC7F1376D278B0C24


def look(tmp_path: Path, listed: str, *, bits: int = 0, **options: Any) -> Objection | None:
    """What is said of a picture that differs from `LOOK` in so many bits."""
    file = tmp_path / "blocked.txt"
    file.write_text(listed)
    other = f"{LOOK ^ ((1 << bits) - 1):016x}"
    picture = Picture("a" * 64, "image/png", other, tmp_path / "picture", asked=True)
    return polyarena_screen_image(picture, {"blocked_pictures": str(file), **options})


def test_pictures_on_the_operators_list_and_those_that_look_alike(tmp_path: Path) -> None:
    listed = f"# not these\n{LOOK:016X}  # a logo\n\n"
    assert look(tmp_path, listed) is not None
    assert look(tmp_path, listed, bits=6) is not None
    assert look(tmp_path, listed, bits=7) is None
    assert look(tmp_path, listed, bits=7, picture_distance=10) is not None
    assert look(tmp_path, listed, bits=1, picture_distance=0) is None
    assert look(tmp_path, "a" * 64, bits=40) is not None
    assert look(tmp_path, "b" * 64) is None
    picture = Picture("a" * 64, "image/png", f"{LOOK:016x}", tmp_path / "picture", asked=False)
    assert polyarena_screen_image(picture, {}) is None


def test_the_list_is_read_again_once_it_changed(tmp_path: Path) -> None:
    assert look(tmp_path, "b" * 64) is None
    file = tmp_path / "blocked.txt"
    file.write_text("a" * 64)
    os.utime(file, ns=(1, 1))
    picture = Picture("a" * 64, "image/png", f"{LOOK:016x}", tmp_path / "picture", asked=True)
    assert polyarena_screen_image(picture, {"blocked_pictures": str(file)}) is not None


@pytest.mark.parametrize(
    ("listed", "options", "named"),
    [
        ("# fine\nabc", {}, "line 2: 'abc'"),
        ("", {"blocked_pictures": "/nowhere/list"}, "/nowhere/list"),
        ("", {"blocked_pictures": 5}, "blocked_pictures"),
        ("", {"picture_distance": 33}, "picture_distance"),
        ("", {"picture_distance": "6"}, "picture_distance"),
    ],
)
def test_a_wrong_list_is_named(
    tmp_path: Path, listed: str, options: dict[str, Any], named: str
) -> None:
    with pytest.raises(ConfigError, match=named):
        look(tmp_path, listed, **options)
