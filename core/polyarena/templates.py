"""A plugin's own templates, escaped whatever they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment


class Templates:
    """The Jinja templates in the folder `templates` of a plugin's package.

    Every value is escaped; the filter `safe` and the tag `autoescape` do not exist, so that what a
    template did not write itself never becomes HTML. A name that is not given is an error.
    """

    def __init__(self, package: str, folder: str = "templates") -> None:
        self._package = package
        self._folder = folder
        self._made: Environment | None = None

    def render(self, name: str, **context: object) -> Markup:
        """A template as HTML, for `Arena.render` to answer.

        Raises:
            jinja2.TemplateError: there is no such template, or it is at fault.
        """
        if self._made is None:
            self._made = _environment(self._package, self._folder)
        return Markup(self._made.get_template(name).render(context))  # noqa: S704


def _environment(package: str, folder: str) -> Environment:
    # Jinja is not imported where a plugin is only listed.
    from jinja2 import PackageLoader

    from .escaping import EscapingEnvironment

    return EscapingEnvironment(loader=PackageLoader(package, folder))
