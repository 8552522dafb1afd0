"""What one plugin object brings, hooks and what they register, or what is wrong with it."""

from __future__ import annotations

import inspect
import re
import traceback
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import pluggy
from pydantic import ConfigDict, TypeAdapter, ValidationError

from . import hookspecs
from .api import DECLARED, api_fault
from .arena import Arena, ArenaManifest
from .bounded import CallFailed, call
from .credential import CHECKED_TIERS, OWN_NAMES, Credential
from .provider import Provider
from .sandbox import Sandbox
from .settings import PluginOptions

if TYPE_CHECKING:
    from typer import Typer

ID_PATTERN = re.compile(r"[a-z][a-z0-9-]{0,31}")
PREFIX = "polyarena_"
TRACEBACK_LINES = 12
_Named = TypeVar("_Named", Provider, Sandbox, Credential)


class Broken(Exception):
    """A plugin cannot be used; `detail` is the end of the traceback, if there was one."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Hook:
    """A plugin's implementation of a hook; called with the arguments that it declares."""

    plugin: str
    name: str
    function: Callable[..., Any]
    arguments: frozenset[str]
    options: PluginOptions
    order: int = 0

    def pick(self, **given: object) -> dict[str, object]:
        """Those of the given arguments that the implementation declares."""
        return {name: value for name, value in given.items() if name in self.arguments}


def api_of(plugin: object) -> str:
    """The version of the API that a plugin says it was written for, or nothing.

    Raises:
        Broken: it is none, or one that this Polyarena does not have.
    """
    declared: object = getattr(plugin, DECLARED, None)
    if declared is None:
        return ""
    if fault := api_fault(declared):
        raise Broken(fault)
    return str(declared)


def hooks_of(plugin: object, name: str, options: PluginOptions) -> tuple[Hook, ...]:
    """The hooks that a plugin implements, each checked against its specification.

    Raises:
        Broken: a hook is misspelt, unmarked or has a wrong signature, or there is none.
    """
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    known = sorted(attribute for attribute in dir(hookspecs) if attribute.startswith(PREFIX))
    _check_spelling(plugin, manager, known)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise Broken(_one_line(str(error))) from None
    callers = manager.get_hookcallers(plugin) or []
    hooks = tuple(
        _hook(implementation, caller, options)
        for caller in sorted(callers, key=lambda caller: caller.name)
        for implementation in caller.get_hookimpls()
    )
    if not hooks:
        raise Broken(f"it implements no hook; there are {', '.join(known)}")
    return hooks


def arenas_of(hooks: Sequence[Hook], timeout: float) -> tuple[Arena, ...]:
    """The arenas that a plugin registers, with sound manifests.

    Raises:
        Broken: the hook failed, hung, or answered something else.
    """
    arenas: list[Arena] = []
    for where, answer in _register(hooks, "polyarena_register_arenas", timeout):
        if not isinstance(answer, Arena):
            raise Broken(f"{where} answered {_kind(answer)} where an Arena is due")
        manifest = getattr(answer, "manifest", None)
        if not isinstance(manifest, ArenaManifest):
            raise Broken(f"{type(answer).__name__} has no manifest that is an ArenaManifest")
        if wrong := manifest_faults(manifest):
            raise Broken(f"the manifest of {type(answer).__name__}: {'; '.join(wrong)}")
        arenas.append(answer)
    return tuple(arenas)


def providers_of(hooks: Sequence[Hook], timeout: float) -> tuple[Provider, ...]:
    """The providers that a plugin registers.

    Raises:
        Broken: the hook failed, hung, or answered something else.
    """
    found: list[Provider] = []
    return _named_of(hooks, "provider", Provider, timeout, found)


def sandboxes_of(hooks: Sequence[Hook], timeout: float) -> tuple[Sandbox, ...]:
    """The sandboxes that a plugin registers.

    Raises:
        Broken: the hook failed, hung, or answered something else.
    """
    found: list[Sandbox] = []
    return _named_of(hooks, "sandbox", Sandbox, timeout, found)


def credentials_of(hooks: Sequence[Hook], timeout: float) -> tuple[Credential, ...]:
    """The credentials that a plugin registers.

    Raises:
        Broken: the hook failed, hung, or answered something else, or a tier or a name is not a
            plugin's.
    """
    found = _named_of(hooks, "credential", Credential, timeout, list[Credential]())
    for one in found:
        if one.name in OWN_NAMES:
            raise Broken(f"the credential {one.name!r}: Polyarena's own has this name")
        if getattr(one, "tier", None) not in CHECKED_TIERS:
            tiers = ", ".join(CHECKED_TIERS)
            raise Broken(f"the credential {one.name!r}: its tier is none of {tiers}")
        if wrong := _id_fault("occupation", getattr(one, "occupation", None)):
            raise Broken(f"the credential {one.name!r}: {wrong}")
    return found


def commands_of(hooks: Sequence[Hook], timeout: float) -> tuple[Typer, ...]:
    """The command groups that a plugin adds, each with a name.

    Raises:
        Broken: the hook failed, hung, or answered something else.
    """
    from typer import Typer

    groups: list[Typer] = []
    for where, answer in _register(hooks, "polyarena_register_commands", timeout):
        if not isinstance(answer, Typer):
            raise Broken(f"{where} answered {_kind(answer)} where a typer.Typer is due")
        if wrong := _id_fault("name", answer.info.name):
            raise Broken(f"{where}: a group's {wrong}")
        groups.append(answer)
    return tuple(groups)


def manifest_faults(manifest: ArenaManifest) -> tuple[str, ...]:
    """What is wrong with a manifest's id and the types of its fields."""
    wrong = [fault] if (fault := _id_fault("id", manifest.id)) else []
    for field, adapter in _manifest_fields().items():
        try:
            adapter.validate_python((getattr(manifest, field),), strict=True)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            wrong += [f"{'.'.join(map(str, (field, *f['loc'][1:])))}: {f['msg']}" for f in faults]
    return tuple(wrong)


def describe(error: BaseException) -> tuple[str, str]:
    """An error in one line, and the end of its traceback."""
    cause = error.__cause__ if isinstance(error, CallFailed) and error.__cause__ else error
    if isinstance(cause, CallFailed):
        return str(cause), ""
    line = traceback.format_exception_only(cause)[-1]
    lines = "".join(traceback.format_exception(cause)).splitlines()
    return _one_line(line), "\n".join(lines[-TRACEBACK_LINES:])


def refusal(where: str, error: CallFailed) -> Broken:
    """What a failed call means for the plugin."""
    line, detail = describe(error)
    return Broken(f"{where}: {line}", detail)


def _named_of(
    hooks: Sequence[Hook], kind: str, wanted: Any, timeout: float, found: list[_Named]
) -> tuple[_Named, ...]:
    plural = "sandboxes" if kind == "sandbox" else f"{kind}s"
    for where, answer in _register(hooks, f"polyarena_register_{plural}", timeout):
        if not isinstance(answer, wanted):
            raise Broken(f"{where} answered {_kind(answer)} where a {wanted.__name__} is due")
        if wrong := _id_fault("name", getattr(answer, "name", None)):
            raise Broken(f"the {kind} {type(answer).__name__}: {wrong}")
        found.append(answer)
    return tuple(found)


def _register(hooks: Sequence[Hook], name: str, timeout: float) -> list[tuple[str, object]]:
    answers: list[tuple[str, object]] = []
    for hook in hooks:
        if hook.name == name:
            answers += [(name, answer) for answer in _registered(hook, timeout)]
    return answers


def _registered(hook: Hook, timeout: float) -> list[object]:
    def collect() -> list[object] | str:
        answer = hook.function(**hook.pick(options=hook.options))
        if inspect.iscoroutine(answer):
            answer.close()
            return "a coroutine; it must not be async"
        # A generator runs the plugin's code too, so it is read within the bound.
        iterable = isinstance(answer, (Sequence, set, frozenset, types.GeneratorType))
        return list(answer) if iterable and not isinstance(answer, (str, bytes)) else _kind(answer)

    try:
        found = call(collect, timeout)
    except CallFailed as error:
        raise refusal(hook.name, error) from None
    if isinstance(found, str):
        raise Broken(f"{hook.name} answered {found}, not a list")
    return found


def _hook(implementation: Any, caller: Any, options: PluginOptions) -> Hook:
    where, allowed = caller.name, set(caller.spec.argnames)
    if implementation.wrapper or implementation.hookwrapper:
        raise Broken(f"{where} is a wrapper; wrappers are not supported")
    parameters = inspect.signature(implementation.function).parameters.values()
    declared = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        declared |= allowed
    for p in parameters:
        variable = p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        if p.kind is p.POSITIONAL_ONLY or (
            p.default is p.empty and not variable and p.name not in allowed
        ):
            raise Broken(
                f"{where} has a wrong signature: it cannot be given {p.name!r}; "
                f"it may take {', '.join(sorted(allowed)) or 'no argument'}"
            )
    order = -1 if implementation.tryfirst else 1 if implementation.trylast else 0
    plugin, function = implementation.plugin_name, implementation.function
    return Hook(plugin, where, function, frozenset(declared & allowed), options, order)


def _check_spelling(plugin: object, manager: pluggy.PluginManager, known: list[str]) -> None:
    for attribute in dir(plugin):
        if not inspect.isroutine(inspect.getattr_static(plugin, attribute, None)):
            continue
        marked = manager.parse_hookimpl_opts(plugin, attribute)
        name = (marked and marked.get("specname")) or attribute
        if name in known and marked is None:
            raise Broken(f"{name} is not marked with @hookimpl, so it would never be called")
        close = get_close_matches(name, known, n=1, cutoff=0.85)
        if name not in known and (marked is not None or close or name.startswith(PREFIX)):
            meant = get_close_matches(name, known, n=1)
            hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(known)}"
            raise Broken(f"unknown hook {name!r}; {hint}")


def _id_fault(field: str, value: object) -> str:
    if isinstance(value, str) and ID_PATTERN.fullmatch(value):
        return ""
    return (
        f"{field} {value!r} must begin with a small letter and hold only small letters, digits "
        "and hyphens, at most 32"
    )


@cache
def _manifest_fields() -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(ArenaManifest)
    # Without this the fields of a nested dataclass would be taken unread.
    strict = ConfigDict(revalidate_instances="always")
    adapters: dict[str, TypeAdapter[Any]] = {}
    for field in fields(ArenaManifest):
        alone: Any = types.GenericAlias(tuple, (hints[field.name],))
        adapters[field.name] = TypeAdapter(alone, config=strict)
    return adapters


def _kind(value: object) -> str:
    return "None" if value is None else f"an object of type {type(value).__name__}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
