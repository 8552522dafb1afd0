"""What the core asks of hooks and arenas while serving, and what their answers may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, get_args

from markupsafe import Markup

from .arena import Action, ActionForm, Arena, Ask, FinishedBattle, Scalar, Tools, Turn, View
from .calling import Caller, inherits
from .content import Code, Part, Prompt
from .credential import Checked, Claim, Credential
from .errors import (
    PictureRefused,
    PluginError,
    PolyarenaError,
    PromptRefused,
    ProviderError,
    UnknownModel,
)
from .hookspecs import Objection, Picture
from .inspection import Hook, describe
from .model import Model
from .plain import finite_pair, is_plain
from .plugins import Registry
from .provider import ModelRequest, Provider

UNCHECKED = (
    "The prompt could not be checked just now, so it was not taken. "
    "The operator has been told; try again later."
)
UNSEEN = UNCHECKED.replace("prompt", "picture")


class Dispatcher:
    """Calls hooks and arenas; `hook_timeout` bounds each call, in seconds."""

    def __init__(self, registry: Registry, hook_timeout: float) -> None:
        self.registry = registry
        self._caller = Caller(registry, hook_timeout)

    def quarantined(self, plugin: str) -> bool:
        """Whether a plugin hung so often that it is not called any more."""
        return self._caller.quarantined(plugin)

    def problem(self, arena: Arena) -> str | None:
        """Why an arena takes no prompts now, in words for a visitor, or None."""
        if not self.quarantined(self.registry.owner_of(arena)):
            return self._no_sandbox(arena) if arena.manifest.sandboxed else None
        return (
            f"The {arena.manifest.title} arena is switched off until the server restarts, "
            "because its plugin stopped responding. The operator has been told."
        )

    def _no_sandbox(self, arena: Arena) -> str | None:
        sandbox = self.registry.sandbox
        if sandbox is None:
            return f"The {arena.manifest.title} arena needs a sandbox, and none is installed."
        try:
            return sandbox.unavailable()
        except Exception as error:
            message, detail = describe(error)
            self.registry.record(self.registry.owner_of(sandbox), "unavailable", message, detail)
            return UNCHECKED

    async def screen(self, arena_id: str, prompt: Prompt) -> None:
        """Ask every screening hook about a prompt.

        Raises:
            PromptRefused: a hook objected, a hook could not answer, or the arena is quarantined.
        """
        arena = self.registry.arenas.get(arena_id)
        if arena is not None and (problem := self.problem(arena)):
            raise PromptRefused(problem)
        given = {"arena": arena_id, "prompt": prompt}
        objection = await self._objection(self.registry.screens, given, UNCHECKED)
        if objection is not None:
            raise PromptRefused(objection.message, suggestion=objection.suggestion, arena=arena_id)

    async def screen_image(self, arena_id: str, picture: Picture) -> None:
        """Ask every hook that screens pictures about one.

        Raises:
            PictureRefused: a hook objected, or a hook could not answer.
        """
        given = {"arena": arena_id, "picture": picture}
        objection = await self._objection(self.registry.image_screens, given, UNSEEN)
        if objection is not None:
            raise PictureRefused(objection.message)

    async def supports(self, arena: Arena, model: Model, prompt: Prompt) -> bool:
        """Whether a model can answer a prompt; False where the arena cannot tell."""
        answer = await self._caller.ask(arena, "supports", (bool,), model, prompt)
        return answer is True

    async def provides(self, provider: Provider, model: Model, prompt: Prompt) -> bool:
        """Whether a provider can ask a model a prompt; False where it cannot tell."""
        answer = await self._caller.ask(provider, "supports", (bool,), model, prompt)
        return answer is True

    async def validate(self, arena: Arena, prompt: Prompt) -> str | None:
        """What is wrong with a prompt, or None; a fault refuses the prompt too."""
        if inherits(arena, "validate"):
            return None
        plugin = self.registry.owner_of(arena)
        where = f"{arena.manifest.id}.validate"
        try:
            answer = await self._caller.call(plugin, where, partial(arena.validate, prompt))
        except PluginError:
            return self.problem(arena) or UNCHECKED
        if answer is None or isinstance(answer, str):
            return answer or None
        self._caller.wrong_type(plugin, where, answer, "str or None")
        return UNCHECKED

    async def prepare(self, arena: Arena, turn: Turn, model: Model) -> ModelRequest:
        """Make of a turn what the model is asked.

        Raises:
            PluginError: the arena failed, hung or answered something else.
            ProviderError: the arena raised it.
        """
        if inherits(arena, "prepare"):
            return await arena.prepare(turn, model)
        plugin = self.registry.owner_of(arena)
        where = f"{arena.manifest.id}.prepare"
        answer = await self._caller.call(
            plugin, where, partial(arena.prepare, turn, model), (ProviderError,)
        )
        if isinstance(answer, ModelRequest):
            return answer
        self._caller.wrong_type(plugin, where, answer, "a ModelRequest")
        raise PluginError(plugin, f"The {arena.manifest.title} arena could not ask the model.")

    async def render(self, arena: Arena, part: Part, view: View) -> Markup | None:
        """HTML for a part, or None where the arena has none or failed."""
        answer: Markup | None = await self._caller.ask(arena, "render", (Markup,), part, view)
        return answer

    async def waiting(self, arena: Arena, turn: Turn) -> Markup | None:
        """HTML in an answer's place, or None where the arena has none or failed."""
        answer: Markup | None = await self._caller.ask(arena, "waiting", (Markup,), turn)
        return answer

    async def categories(self, arena: Arena, battle: FinishedBattle) -> frozenset[str]:
        """The manifest's categories that a battle falls in; empty where the arena failed."""
        answer = await self._caller.ask(arena, "categories", (set, frozenset), battle) or ()
        return self._known(arena, "categories", answer)

    async def judge(self, arena: Arena, battle: FinishedBattle, ask: Ask) -> frozenset[str] | None:
        """The manifest's categories that a battle falls in, by a model; None without an answer."""
        answer: Any
        try:
            answer = await arena.judge(battle, ask)
        except (ProviderError, UnknownModel) as error:
            self._caller.fault(arena, "judge", str(error))
            return None
        except Exception as error:
            self._caller.failed(arena, "judge", error)
            return None
        if answer is None:
            return None
        if not isinstance(answer, (set, frozenset)):
            plugin = self.registry.owner_of(arena)
            self._caller.wrong_type(plugin, f"{arena.manifest.id}.judge", answer, "a set or None")
            return None
        return self._known(arena, "judge", answer)

    def _known(self, arena: Arena, method: str, answer: Iterable[object]) -> frozenset[str]:
        known = {category.id for category in arena.manifest.categories}
        named = {category for category in answer if isinstance(category, str)}
        for unknown in sorted(named - known):
            self._caller.fault(arena, method, f"{unknown!r} is not a category of the manifest")
        return frozenset(named & known)

    async def features(
        self, arena: Arena, battle: FinishedBattle
    ) -> Mapping[str, tuple[float, float]]:
        """Measures per side, every one finite; empty where the arena failed."""
        answer = await self._caller.ask(arena, "features", (dict, MappingProxyType), battle) or {}
        sound: dict[str, tuple[float, float]] = {}
        for name, pair in answer.items():
            if isinstance(name, str) and (numbers := finite_pair(pair)):
                sound[name] = numbers
            else:
                self._caller.fault(arena, "features", f"{name!r} is not a pair of finite numbers")
        return sound

    async def evidence(
        self, arena: Arena, battle: FinishedBattle
    ) -> Mapping[str, tuple[Scalar, Scalar]]:
        """What was found out per side; empty where the arena failed."""
        answer = await self._caller.ask(arena, "evidence", (dict, MappingProxyType), battle) or {}
        sound: dict[str, tuple[Scalar, Scalar]] = {}
        for name, pair in answer.items():
            given = isinstance(pair, (tuple, list)) and len(pair) == 2
            if isinstance(name, str) and given and all(map(is_plain, pair)):
                sound[name] = (pair[0], pair[1])
            else:
                self._caller.fault(arena, "evidence", f"{name!r} is not a pair of plain values")
        return sound

    async def actions(
        self, arena: Arena, turn: Turn, parts: tuple[Part, ...]
    ) -> tuple[ActionForm, ...]:
        """What a voter may do with an answer; nothing where the arena failed."""
        answer = await self._caller.ask(arena, "actions", (list, tuple), turn, parts) or ()
        return tuple(form for form in answer if isinstance(form, ActionForm))

    async def sources(self, arena: Arena, parts: tuple[Part, ...]) -> tuple[Code, ...]:
        """The files that an answer hands in; none where the arena failed."""
        answer = await self._caller.ask(arena, "sources", (list, tuple), parts) or ()
        return tuple(part for part in answer if isinstance(part, Code))

    async def act(self, arena: Arena, action: Action, tools: Tools) -> tuple[Part, ...]:
        """Do what a voter asked.

        Raises:
            PluginError: the arena failed or answered something else.
            PolyarenaError: the arena raised it: it cannot be done as asked.
        """
        plugin = self.registry.owner_of(arena)
        where = f"{arena.manifest.id}.act"
        try:
            parts = tuple(await arena.act(action, tools))
        except PolyarenaError:
            raise
        except Exception as error:
            self._caller.failed(arena, "act", error)
            raise PluginError(plugin, f"The {arena.manifest.title} arena failed.") from error
        for part in parts:
            if not isinstance(part, get_args(get_args(Part)[0])):
                self._caller.wrong_type(plugin, where, part, "a part")
                raise PluginError(plugin, f"The {arena.manifest.title} arena failed.")
        return parts

    async def check(self, credential: Credential, claim: Claim) -> Checked:
        """Check a claim.

        Raises:
            PluginError: the plugin failed, hung or answered something else.
        """
        plugin = self.registry.owner_of(credential)
        where = f"{credential.name}.check"
        answer = await self._caller.call(plugin, where, partial(credential.check, claim))
        if isinstance(answer, Checked):
            return answer
        self._caller.wrong_type(plugin, where, answer, "a Checked")
        raise PluginError(plugin, f"The plugin {plugin} failed.")

    def close(self) -> None:
        """Let idle worker threads end."""
        self._caller.close()

    async def _objection(
        self, hooks: Sequence[Hook], given: Mapping[str, object], unchecked: str
    ) -> Objection | None:
        """The first objection of a screening hook; `unchecked` where one could not answer."""
        for hook in hooks:
            picked = hook.pick(**given, options=hook.options)
            try:
                answer = await self._caller.call(
                    hook.plugin, hook.name, partial(hook.function, **picked)
                )
            except PluginError:
                return Objection(unchecked)
            if isinstance(answer, Objection):
                return self._sound(hook, answer)
            if answer is not None:
                self._caller.wrong_type(hook.plugin, hook.name, answer, "an Objection or None")
                return Objection(unchecked)
        return None

    def _sound(self, hook: Hook, objection: Objection) -> Objection:
        """The objection, without a suggestion that is no prompt."""
        suggestion: object = objection.suggestion
        if suggestion is None or isinstance(suggestion, Prompt):
            return objection
        self._caller.wrong_type(hook.plugin, hook.name, suggestion, "a Prompt or None")
        return Objection(objection.message)
