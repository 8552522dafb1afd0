"""Polyarena's public API for authors of arenas, providers and other plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .api import API_VERSION, deprecated
from .arena import (
    Action,
    ActionForm,
    Arena,
    ArenaManifest,
    Category,
    Column,
    FinishedBattle,
    Mode,
    Need,
    PromptField,
    Run,
    Scalar,
    Starter,
    Tools,
    Turn,
    Uploads,
    View,
)
from .ballot import Aspect, Ballot, Choice, Reason, Vote
from .battle import Answer
from .content import (
    App,
    Code,
    ConsoleLine,
    Custom,
    Execution,
    ExecutionStep,
    File,
    Image,
    Input,
    Message,
    Part,
    Prompt,
    Shot,
    Table,
    Text,
)
from .errors import (
    AppGone,
    BadJob,
    BadRequest,
    ConfigError,
    Failure,
    NotFound,
    PictureRefused,
    PolyarenaError,
    PromptRefused,
    ProviderError,
    SandboxBusy,
    SandboxError,
    SandboxUnavailable,
    StorageError,
)
from .hookspecs import Objection, Picture, hookimpl
from .model import Model, ModelState, PictureLimits, Price
from .prose import Prose
from .provider import (
    Delta,
    Event,
    Finish,
    ModelRequest,
    PartReady,
    PictureReady,
    Provider,
    Status,
)
from .rendered import default_html
from .settings import PluginOptions
from .style import style_features
from .templates import Templates

__all__ = [
    "API_VERSION",
    "Action",
    "ActionForm",
    "Answer",
    "App",
    "AppGone",
    "Arena",
    "ArenaManifest",
    "Aspect",
    "BadJob",
    "BadRequest",
    "Ballot",
    "Category",
    "Choice",
    "Code",
    "Column",
    "ConfigError",
    "ConsoleLine",
    "Custom",
    "Delta",
    "Event",
    "Execution",
    "ExecutionStep",
    "Failure",
    "File",
    "Finish",
    "FinishedBattle",
    "Image",
    "Input",
    "Message",
    "Mode",
    "Model",
    "ModelRequest",
    "ModelState",
    "Need",
    "NotFound",
    "Objection",
    "Part",
    "PartReady",
    "Picture",
    "PictureLimits",
    "PictureReady",
    "PictureRefused",
    "PluginOptions",
    "PolyarenaError",
    "Price",
    "Prompt",
    "PromptField",
    "PromptRefused",
    "Prose",
    "Provider",
    "ProviderError",
    "Reason",
    "Run",
    "SandboxBusy",
    "SandboxError",
    "SandboxUnavailable",
    "Scalar",
    "Shot",
    "Starter",
    "Status",
    "StorageError",
    "Table",
    "Templates",
    "Text",
    "Tools",
    "Turn",
    "Uploads",
    "View",
    "Vote",
    "default_html",
    "hookimpl",
    "style_features",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return deprecated(__name__, name, globals())
