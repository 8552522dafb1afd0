"""A plugin's templates: escaped, whatever they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import TemplateError, UndefinedError
from markupsafe import Markup

from polyarena import Templates

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Templates:
    folder = tmp_path / "sample_templated" / "templates"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    for name, text in {
        "plain.html": "<p>{{ said }}</p>",
        "plain.txt": "<p>{{ said }}</p>",
        "safe.html": "{{ said | safe }}",
        "off.html": "{% autoescape false %}{{ said }}{% endautoescape %}",
        "outer.html": "{% include 'plain.html' %}",
    }.items():
        (folder / name).write_text(text)
    (tmp_path / "secret.html").write_text("secret")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sample_templated", raising=False)
    return Templates("sample_templated")


@pytest.mark.parametrize("name", ["plain.html", "plain.txt", "outer.html"])
def test_what_is_given_is_escaped_whatever_the_file_is_called(
    templates: Templates, name: str
) -> None:
    made = templates.render(name, said=HOSTILE)
    assert made == Markup("<p>{}</p>").format(HOSTILE)
    assert "<script>" not in made
    assert templates.render(name, said=Markup("<b>x</b>")) == "<p><b>x</b></p>"


@pytest.mark.parametrize("name", ["safe.html", "off.html", "../../secret.html", "gone.html"])
def test_escaping_cannot_be_turned_off_nor_another_folder_reached(
    templates: Templates, name: str
) -> None:
    with pytest.raises(TemplateError):
        templates.render(name, said=HOSTILE)


def test_a_name_that_is_not_given_is_an_error(templates: Templates) -> None:
    with pytest.raises(UndefinedError, match="said"):
        templates.render("plain.html")
