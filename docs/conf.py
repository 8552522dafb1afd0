"""How the guides become a site: `make docs`."""

from importlib.metadata import version as version_of

project = "Polyarena"
author = "Polyarena's authors"
version = release = version_of("polyarena")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"Polyarena {version}"
html_show_sourcelink = False

# Docstrings put code between single backticks.
default_role = "code"
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True

myst_heading_anchors = 3
# Links to files of the repository are checked by the tests; the site does not hold them.
suppress_warnings = ["myst.xref_missing", "ref.python", "misc.highlighting_failure"]
