"""The kinds of app that can be handed in as files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of app: `title` as `App.kind` has it, `words` tell a model what to hand in."""

    id: str
    title: str
    words: str


STATIC = (
    Kind("html", "HTML", "index.html, with its styles and scripts in it or in files beside it"),
    Kind(
        "react",
        "React",
        "src/App.tsx (or .jsx) with a component as its default export, and further files beside "
        "it; React 19, Tailwind 4",
    ),
    Kind("vue", "Vue", "src/App.vue, a single-file component of Vue 3"),
    Kind("svelte", "Svelte", "src/App.svelte, of Svelte 5"),
    Kind("p5", "p5.js", "sketch.js with setup() and draw(); p5.js 1 is loaded for it"),
)
"""Those that become a bundle of static files; the builder tells them apart by these ids."""

SERVED = (
    Kind("fastapi", "FastAPI", "main.py with a FastAPI app that serves its own pages, too"),
    Kind("flask", "Flask", "app.py with a Flask app, its pages in it or in templates/ and static/"),
    Kind("streamlit", "Streamlit", "app.py, as `streamlit run` takes it"),
    Kind("gradio", "Gradio", "app.py, which launches an interface or Blocks"),
)
"""Those in Python, with a server of their own; the sandbox knows them by these ids."""
