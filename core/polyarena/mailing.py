"""Mail: the operator's mail server, and how a message is handed to it."""

from __future__ import annotations

import asyncio
import os
import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal, Self

import structlog
from pydantic import BaseModel, ConfigDict, Field, model_validator

from .errors import MailFailed
from .listed import LOOPBACK, Occupations

UNSENT = (
    "The mail could not be sent, so there is no code. Check the address; "
    "if it is right, try again later: the operator has been told."
)
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LOCAL_LIMIT = 64
_log = structlog.get_logger("polyarena.mail")


class EmailSettings(BaseModel):
    """Credentials by e-mail: whose addresses count, and the server that sends the codes.

    `domains` says of each, in lower-case ASCII, which occupations its people have; a name below it
    is another domain. `days` are how long such a credential holds, `per_hour` how many mails are
    sent to all visitors together. `password_env` names an environment variable. `seconds` is how
    long the mail server may take for each of its answers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    domains: Occupations
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    tls: Literal["starttls", "tls", "none"] = "starttls"
    sender: str
    user: str = ""
    password_env: str = ""
    days: float = Field(default=365, gt=0)
    per_hour: int = Field(default=200, gt=0)
    seconds: float = Field(default=10, gt=0)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for domain in self.domains:
            if not DOMAIN.fullmatch(domain):
                raise ValueError(f"{domain!r} is no domain, such as clinic.example, in lower case")
        if address_of(self.sender) is None:
            raise ValueError(f"sender {self.sender!r} is no plain address")
        if bool(self.user) != bool(self.password_env):
            raise ValueError("user and password_env go together")
        if self.user and self.tls == "none" and self.host not in LOOPBACK:
            raise ValueError("tls = 'none' would send the password in the clear")
        return self


def address_of(text: str) -> tuple[str, str] | None:
    """The two sides of a plain address, the domain in lower case; None for anything else."""
    local, _, domain = text.strip().rpartition("@")
    domain = domain.lower()
    plain = len(local) <= LOCAL_LIMIT and ADDRESS.fullmatch(local) and DOMAIN.fullmatch(domain)
    return (local, domain) if plain else None


async def send(rules: EmailSettings, to: str, subject: str, text: str) -> None:
    """Hand a message to the mail server, in a thread.

    Raises:
        MailFailed: it was not taken; the log says why, and never to whom it was.
    """
    message = EmailMessage()
    message["From"], message["To"] = rules.sender, to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=rules.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        await asyncio.to_thread(_hand_over, rules, message)
    except (OSError, KeyError, UnicodeError) as error:
        # What the error says may have the address in it.
        fault = f"{rules.password_env} is not set" if isinstance(error, KeyError) else ""
        code = getattr(error, "smtp_code", None)
        _log.error(
            "mail could not be sent",
            server=f"{rules.host}:{rules.port}",
            fault=fault or type(error).__name__,
            code=code,
        )
        raise MailFailed(UNSENT) from None


def _hand_over(rules: EmailSettings, message: EmailMessage) -> None:
    password = os.environ[rules.password_env] if rules.user else ""
    context = ssl.create_default_context()
    if rules.tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            rules.host, rules.port, timeout=rules.seconds, context=context
        )
    else:
        server = smtplib.SMTP(rules.host, rules.port, timeout=rules.seconds)
    with server:
        if rules.tls == "starttls":
            server.starttls(context=context)
        if rules.user:
            server.login(rules.user, password)
        server.send_message(message)
