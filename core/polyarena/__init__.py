"""Polyarena's public API for authors of arenas, providers and other plugins."""

from __future__ import annotations

from .arena import (
    Arena,
    ArenaManifest,
    Category,
    FinishedBattle,
    Mode,
    Need,
    Run,
    Starter,
    Turn,
    View,
)
from .ballot import Ballot, Choice, Reason, Vote
from .battle import Answer
from .content import Code, Custom, Message, Part, Prompt, Table, Text
from .errors import BadRequest, ConfigError, Failure, PolyarenaError, PromptRefused, ProviderError
from .hookspecs import Objection, hookimpl
from .model import Model, ModelState, Price
from .provider import Delta, Event, Finish, ModelRequest, PartReady, Provider, Status
from .settings import PluginOptions

__all__ = [
    "Answer",
    "Arena",
    "ArenaManifest",
    "BadRequest",
    "Ballot",
    "Category",
    "Choice",
    "Code",
    "ConfigError",
    "Custom",
    "Delta",
    "Event",
    "Failure",
    "Finish",
    "FinishedBattle",
    "Message",
    "Mode",
    "Model",
    "ModelRequest",
    "ModelState",
    "Need",
    "Objection",
    "Part",
    "PartReady",
    "PluginOptions",
    "PolyarenaError",
    "Price",
    "Prompt",
    "PromptRefused",
    "Provider",
    "ProviderError",
    "Reason",
    "Run",
    "Starter",
    "Status",
    "Table",
    "Text",
    "Turn",
    "View",
    "Vote",
    "hookimpl",
]
