"""Where apps are shown: which hosts are apart from the site, and which pages may frame them."""

from __future__ import annotations

import pytest

from polyarena import ConfigError
from polyarena.preview_host import is_preview, label_of, site_origins
from polyarena.settings import Settings

LABEL = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("preview_host", "public_url"),
    [
        ("preview.localhost", ""),
        ("apps.arena.localhost", ""),
        ("preview.localhost", "https://arena.example"),
        ("preview.arena.example", "https://arena.example"),
        ("apps.elsewhere.test", "http://arena.example:8080/"),
    ],
)
def test_hosts_for_apps(preview_host: str, public_url: str) -> None:
    settings = Settings.load(preview_host=preview_host, public_url=public_url)
    assert settings.preview_host == preview_host


@pytest.mark.parametrize(
    ("preview_host", "public_url", "said"),
    [
        ("localhost", "", "no host name"),
        ("", "", "no host name"),
        ("Preview.localhost", "", "no host name"),
        ("preview.localhost:8000", "", "no host name"),
        ("http://preview.localhost", "", "no host name"),
        ("*.preview.localhost", "", "no host name"),
        ("preview..localhost", "", "no host name"),
        ("-x.localhost", "", "no host name"),
        ("preview.localhost; script-src *", "", "no host name"),
        ("127.0.0.1", "http://arena.example", "no host name"),
        (".".join(["a" * 60] * 4) + ".test", "https://arena.example", "more than 210 characters"),
        ("preview.example", "", "needs public_url"),
        ("arena.example", "https://arena.example", "is on preview_host"),
        ("arena.example", "https://www.arena.example", "is on preview_host"),
        ("preview.localhost", "arena.example", "no address of http"),
        ("preview.localhost", "javascript:x", "no address of http"),
    ],
)
def test_hosts_that_are_not_apart(preview_host: str, public_url: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Settings.load(preview_host=preview_host, public_url=public_url)


def test_which_pages_may_show_apps() -> None:
    here = ("http://localhost:*", "http://127.0.0.1:*")
    assert site_origins("preview.localhost", "") == here
    assert site_origins("preview.localhost", "https://a.test/x") == ("https://a.test", *here)
    assert site_origins("apps.test", "https://a.test:444") == ("https://a.test:444",)


def test_hosts_and_their_labels() -> None:
    host = f"p-{LABEL}.preview.localhost"
    assert label_of(host, "preview.localhost") == LABEL
    assert label_of(f"x.{host}", "preview.localhost") is None
    assert label_of(f"p-{LABEL}", "preview.localhost") is None
    assert label_of("p-1.preview.localhost", "preview.localhost") is None
    for name in (host, "preview.localhost", "x.y.preview.localhost"):
        assert is_preview(name, "preview.localhost")
    for name in ("localhost", "xpreview.localhost", "preview.localhost.test", "", LABEL):
        assert not is_preview(name, "preview.localhost")
