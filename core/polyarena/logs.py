"""Logging: one line an event, for people or as JSON; secrets never reach it."""

from __future__ import annotations

import logging
import sys

import structlog

SECRET_KEYS = ("authorization", "cookie", "key", "password", "secret", "token")


def configure(*, as_json: bool) -> None:
    """Set structlog up, writing to standard error."""
    plain = structlog.dev.plain_traceback  # the rich one prints locals, keys among them
    renderers: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
        ]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_secrets,
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _without_secrets(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    for key in event:
        if key.lower() in SECRET_KEYS:
            event[key] = "***"
    return event
