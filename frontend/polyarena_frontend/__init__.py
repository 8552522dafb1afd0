"""Polyarena's browser side: templates, styles, custom elements, and answer rendering."""
