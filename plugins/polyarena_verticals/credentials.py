"""Numbers in public registers as credentials, by the plugin's option `registers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from polyarena import Checked, Claim, ConfigError, Credential, PluginOptions, PromptField, Tier

from .occupation import Occupation
from .privacy.identity import is_npi
from .registers import Entry, FileRegister, Register, UrlRegister, plain

DAYS = 365.0
PUBLIC = (
    "Numbers in this register are public. It shows that somebody of this name is registered, "
    "not that it is you; a vote carries no more than that, and never the number."
)
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{2,39}")
_KEYS = frozenset({"occupation", "title", "file", "url", "check"})
_CHECKS: Mapping[str, Callable[[str], bool]] = {"npi": is_npi}


class Registered(Credential):
    """A number of an occupation's register, under the family name that was given."""

    tier = Tier.REGISTRY
    summary = PUBLIC

    def __init__(
        self,
        name: str,
        title: str,
        occupation: Occupation,
        register: Register,
        check: Callable[[str], bool] | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.occupation = occupation.id
        self.fields = (
            PromptField("number", title, limit=40),
            PromptField("family_name", "Family name", hint="As it is registered.", limit=80),
        )
        self._specialties = occupation.specialties
        self._register = register
        self._check = check

    async def check(self, claim: Claim) -> Checked:
        number = claim.values.get("number", "").replace(" ", "")
        name = plain(claim.values.get("family_name", ""))
        if not _NUMBER.fullmatch(number):
            return Checked(False, f"{self.title}: this is no number of that kind.")
        if self._check and not self._check(number):
            return Checked(False, f"{self.title}: the check digit is wrong; is a digit mistyped?")
        if not name:
            return Checked(False, "Give the family name, as it is registered.")
        entry = await self._register.find(number)
        if entry is None or (entry.family_name and plain(entry.family_name) != name):
            return Checked(False, "The register has no such number under that name.")
        if not entry.active:
            return Checked(False, "The register has this number, but it is no longer active.")
        specialty = self._specialty(entry)
        return Checked(True, PUBLIC, specialty, {"register": self.name, "number": number}, DAYS)

    def _specialty(self, entry: Entry) -> str:
        """The specialty of the first of the entry's codes that is known."""
        for code in entry.codes:
            for each in self._specialties:
                if code.startswith(each.codes):
                    return each.id
        return ""


def registered(occupations: Sequence[Occupation], options: PluginOptions) -> Iterator[Registered]:
    """The credentials that the option `registers` asks for.

    Raises:
        ConfigError: it is wrong; the register and what to write are named.
    """
    registers = options.get("registers", {})
    if not isinstance(registers, Mapping):
        raise ConfigError("registers must be tables: [plugins.….registers.NAME]")
    known = {occupation.id: occupation for occupation in occupations}
    for name, given in registers.items():
        yield _registered(str(name), given, known)


def _registered(name: str, given: Any, known: Mapping[str, Occupation]) -> Registered:
    where = f"registers.{name}"
    if not isinstance(given, Mapping):
        raise ConfigError(f"{where} must be a table")
    if unknown := set(given) - _KEYS:
        raise ConfigError(
            f"{where} has no option {min(unknown)!r}; it has {', '.join(sorted(_KEYS))}"
        )
    occupation = given.get("occupation", next(iter(known)) if len(known) == 1 else "")
    if occupation not in known:
        listed = ", ".join(known)
        raise ConfigError(f"{where}.occupation must be one of {listed}, not {occupation!r}")
    check = given.get("check", "")
    if check and check not in _CHECKS:
        raise ConfigError(f"{where}.check must be one of {', '.join(_CHECKS)}, not {check!r}")
    title = str(given.get("title") or f"{known[occupation].title} register number")
    return Registered(name, title, known[occupation], _source(where, given), _CHECKS.get(check))


def _source(where: str, given: Mapping[str, Any]) -> Register:
    file, url = given.get("file"), given.get("url")
    if isinstance(file, str) and url is None:
        return FileRegister(file)
    if isinstance(url, str) and file is None:
        return UrlRegister(url)
    raise ConfigError(f"{where} needs a file or a url")
