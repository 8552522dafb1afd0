"""What a program did, as HTML: each step's output, its files, and a line of resources."""

from __future__ import annotations

from markupsafe import Markup

from polyarena.content import Execution

from .plaintext import clean_text


def render_execution(part: Execution) -> tuple[Markup, ...]:
    """The blocks of an execution."""
    return tuple(
        Markup('<pre class="output" tabindex="0">{}</pre>').format(clean_text(step.stdout))
        for step in part.steps
    )
