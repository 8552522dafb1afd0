"""Plugins that check credentials: the guide's example, and what can be wrong with one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from contract.sample import arena
from polyarena import (
    Checked,
    Claim,
    Credential,
    Expertise,
    PromptField,
    Qualification,
    Tier,
    hookimpl,
)
from polyarena.dispatch import Dispatcher
from polyarena.errors import PluginError
from polyarena.plugins import Registry
from polyarena.testing import check_arena

Loaded = Callable[..., Registry]
GUIDE = Path(__file__).resolve().parents[2] / "docs/credentials.md"


class Roll(Credential):
    """What the tests vary."""

    name = "roll"
    title = "The roll"
    summary = "It has a number."
    occupation = "dentistry"
    tier = Tier.REGISTRY
    fields = (PromptField("number", "Number"),)

    async def check(self, claim: Claim) -> Checked:
        return Checked(claim.values["number"] == "1")


class Credentials:
    """A plugin that registers what it is given as credentials."""

    def __init__(self, *credentials: Any) -> None:
        self._credentials = credentials

    @hookimpl
    def polyarena_register_credentials(self) -> Sequence[Credential]:
        return self._credentials


def roll(**changed: Any) -> Credential:
    return type("Changed", (Roll,), changed)()  # type: ignore[no-any-return]


def example() -> dict[str, Any]:
    module: dict[str, Any] = {"__name__": "example"}
    for source in re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL):
        exec(compile(source, "docs/credentials.md", "exec"), module)
    return module


@pytest.mark.anyio
async def test_the_guides_example_checks_what_is_claimed(loaded: Loaded) -> None:
    module = example()
    (guild,) = module["polyarena_register_credentials"](options={})
    registry = loaded(guild=Credentials(guild))
    assert registry.credentials == {"guild": guild}
    assert registry.plugins[0].credentials == ("guild",)
    check = Dispatcher(registry, 5).check
    found = await check(guild, Claim("dentistry", "", {"number": "D-1234 "}))
    assert found == Checked(True, evidence={"number": "D-1234"}, days=365)
    missing = await check(guild, Claim("dentistry", "", {"number": "D-9"}))
    assert (missing.holds, missing.message) == (False, "The roll has no such number.")
    assert check_arena(arena(expertise=module["manifest"].expertise)) == []


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [
        (Credentials("roll"), "answered an object of type str where a Credential is due"),
        (Credentials(roll(name="The Roll")), "must begin with a small letter"),
        (Credentials(roll(tier=Tier.OPERATOR)), "its tier is none of email-domain, institution"),
        (Credentials(roll(tier="registry!")), "its tier is none of"),
        (Credentials(roll(name="email")), "'email': Polyarena's own has this name"),
        (Credentials(roll(occupation="")), "occupation '' must begin with a small letter"),
        (Credentials(roll(), roll()), "registers the credential 'roll' twice"),
    ],
)
def test_a_faulty_plugin_is_kept_out(loaded: Loaded, plugin: object, reason: str) -> None:
    registry = loaded(faulty=plugin)
    (record,) = registry.plugins
    assert record.status == "broken"
    assert reason in record.reason
    assert not registry.credentials


def test_the_second_of_a_name_is_kept_out(loaded: Loaded) -> None:
    registry = loaded(one=Credentials(roll()), two=Credentials(roll()))
    assert [record.status for record in registry.plugins] == ["ok", "broken"]


async def broken(self: Credential, claim: Claim) -> Checked:
    raise RuntimeError("the register is away")


async def hung(self: Credential, claim: Claim) -> Checked:
    await asyncio.sleep(60)
    return Checked(True)


async def odd(self: Credential, claim: Claim) -> Any:
    return True


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (broken, "RuntimeError: the register is away"),
        (hung, "did not return within"),
        (odd, "it answered bool where a Checked is due"),
    ],
)
async def test_a_check_that_fails_is_the_plugins_fault(
    loaded: Loaded, check: object, fault: str
) -> None:
    credential = roll(check=check)
    registry = loaded(roll=Credentials(credential))
    with pytest.raises(PluginError):
        await Dispatcher(registry, 0.2).check(credential, Claim("dentistry", "", {"number": "1"}))
    (recorded,) = registry.faults
    assert (recorded.plugin, recorded.where) == ("roll", "roll.check")
    assert fault in recorded.message


def test_an_expert_is_known_at_least_as_well_as_the_arena_asks() -> None:
    asks = Expertise("dentistry", "Dentistry", tier=Tier.INSTITUTION)
    known = {tier: asks.expert(Qualification("dentistry", "", tier)) for tier in Tier}
    assert known == {
        Tier.DECLARED: False,
        Tier.EMAIL_DOMAIN: False,
        Tier.INSTITUTION: True,
        Tier.REGISTRY: True,
        Tier.OPERATOR: True,
    }
    assert not asks.expert(Qualification("law", "", Tier.OPERATOR))
    assert not asks.expert(None)


def test_the_suite_knows_expertise() -> None:
    twice = (("surgery", "Surgery"), ("surgery", "Surgery"))
    for expertise, said in (
        (Expertise("Dentistry", "Dentistry"), "the occupation id 'Dentistry' must match"),
        (Expertise("dentistry", " "), "the occupation 'dentistry' has no title"),
        (Expertise("dentistry", "Dentistry", twice), "there are two specialty ids 'surgery'"),
    ):
        problems = check_arena(arena(expertise=expertise))
        assert any(said in str(problem) for problem in problems), problems
