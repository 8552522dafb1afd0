"""Everything Polyarena raises on purpose.

::

    PolyarenaError
    ├── BadRequest              what was asked cannot be done as asked (HTTP 400/422)
    │   ├── PromptRefused       a limit, a screen or an arena refused the prompt
    │   ├── PictureRefused      a picture cannot be read, is too large, or may not be shown
    │   ├── UnknownModel        no model of that name takes part
    │   ├── CredentialRefused   a check did not hold, or could not be made
    │   └── BadJob              a program cannot be run as asked
    ├── NotFound                no such arena, battle, model (HTTP 404)
    ├── Forbidden               it belongs to somebody else (HTTP 403)
    │   └── CredentialNeeded    an expert's vote without the credential that the arena asks for
    ├── Conflict                the battle is not in a state that allows it (HTTP 409)
    │   ├── BallotClosed        the ballot is not open, or a vote has been cast
    │   └── TurnNotAllowed      a turn, retry or stop that the state forbids
    ├── TooMany                 as many were asked for as may be in a time (HTTP 429)
    ├── MailFailed              the mail server did not take a message (HTTP 503)
    ├── NotEnoughModels         fewer than two models can answer this prompt (HTTP 503)
    ├── SandboxError            a program could not be run, for no fault of its own (HTTP 503)
    │   ├── SandboxUnavailable  no engine, or it went away
    │   └── SandboxBusy         too many programs are waiting
    ├── AppGone                 an app with a server ended, or does not answer (HTTP 502)
    ├── StorageError            nothing was stored and nothing was acknowledged (HTTP 503)
    ├── ConfigError             a setting is wrong; the message names it
    ├── PluginError             a plugin failed; carries the plugin's name
    └── ProviderError           a model could not answer; carries a `Failure`
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .content import Prompt


class PolyarenaError(Exception):
    """Base of every error raised on purpose; `str()` is fit to be shown to a person."""

    status = 500
    code = "error"


class BadRequest(PolyarenaError):
    status = 422
    code = "bad_request"


class PromptRefused(BadRequest):
    """A prompt is not taken; `suggestion` is one that would be taken in the arena `arena`."""

    code = "prompt_refused"

    def __init__(self, message: str, *, suggestion: Prompt | None = None, arena: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion
        self.arena = arena


class PictureRefused(BadRequest):
    code = "picture_refused"


class UnknownModel(BadRequest):
    code = "unknown_model"


class CredentialRefused(BadRequest):
    code = "credential_refused"


class BadJob(BadRequest):
    code = "bad_job"


class NotFound(PolyarenaError):
    status = 404
    code = "not_found"


class Forbidden(PolyarenaError):
    status = 403
    code = "forbidden"


class CredentialNeeded(Forbidden):
    code = "credential_needed"


class Conflict(PolyarenaError):
    status = 409
    code = "conflict"


class BallotClosed(Conflict):
    code = "ballot_closed"


class TurnNotAllowed(Conflict):
    code = "turn_not_allowed"


class TooMany(PolyarenaError):
    status = 429
    code = "too_many"


class MailFailed(PolyarenaError):
    status = 503
    code = "mail"


class NotEnoughModels(PolyarenaError):
    status = 503
    code = "not_enough_models"


class SandboxError(PolyarenaError):
    status = 503
    code = "sandbox"


class SandboxUnavailable(SandboxError):
    code = "sandbox_unavailable"


class SandboxBusy(SandboxError):
    code = "sandbox_busy"


class AppGone(PolyarenaError):
    status = 502
    code = "app_gone"


class StorageError(PolyarenaError):
    status = 503
    code = "storage"


class ConfigError(PolyarenaError):
    code = "config"


class PluginError(PolyarenaError):
    code = "plugin"

    def __init__(self, plugin: str, message: str) -> None:
        super().__init__(message)
        self.plugin = plugin


class Failure(StrEnum):
    """Why a side failed, as the voter may know it: never who it was."""

    UNREACHABLE = "unreachable"
    UNAUTHORISED = "unauthorised"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    MALFORMED = "malformed"
    CUT = "cut"
    SILENT = "silent"
    ENDLESS = "endless"
    EMPTY = "empty"
    PICTURE = "picture"
    INTERRUPTED = "interrupted"
    PLUGIN = "plugin"
    SANDBOX = "sandbox"


class ProviderError(PolyarenaError):
    """A model could not answer.

    `detail` goes to the operator's log only; `str()` names the kind of failure and nothing else.
    `retry_after` is in seconds.
    """

    code = "provider"

    def __init__(
        self, failure: Failure, detail: str = "", *, retry_after: float | None = None
    ) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.detail = detail
        self.retry_after = retry_after
