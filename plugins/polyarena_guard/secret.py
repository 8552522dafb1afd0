"""Secrets: what an API key, a token or a private key looks like.

Every pattern begins with fixed letters and bounds its repetitions, so that a search takes time in
proportion to the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """A kind of secret, by its name in a sentence and its look."""

    name: str
    pattern: re.Pattern[str]


def _secret(name: str, pattern: str) -> Secret:
    return Secret(name, re.compile(rf"(?<![A-Za-z0-9_]){pattern}"))


SECRETS = (
    Secret("a private key", re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----")),
    _secret(
        "an API key (sk-…)",
        r"sk-(?=[A-Za-z_-]{0,60}[0-9])(?:[A-Za-z0-9_]{1,15}-){0,6}[A-Za-z0-9_]{16}",
    ),
    _secret("an AWS access key", r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _secret("a GitHub token", r"(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})"),
    _secret("a GitLab token", r"glpat-[A-Za-z0-9_-]{20}"),
    _secret("a Slack token", r"xox[abeoprs]-[0-9][A-Za-z0-9-]{9}"),
    _secret("a Google API key", r"AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    _secret("a Hugging Face token", r"hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])"),
    _secret("a Stripe key", r"[rs]k_live_[A-Za-z0-9]{20}"),
)


def find_secret(text: str) -> Secret | None:
    """The first kind of secret that a text seems to hold."""
    return next((secret for secret in SECRETS if secret.pattern.search(text)), None)
