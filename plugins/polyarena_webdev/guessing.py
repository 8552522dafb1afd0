"""Telling what a block without a word at its fence is written in."""

from __future__ import annotations

import re

_READ = 4000
_LOOKS = (
    ("html", re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)),
    ("vue", re.compile(r"\s*<(?:template|script setup)\b.*?</\w+>.*?<(?:script|template)\b", re.S)),
    ("svelte", re.compile(r"\s*<script\b(?=.*?(?:\$state\(|export let |\{#(?:if|each)))", re.S)),
    ("html", re.compile(r"\s*<(?:body|head|main|div|canvas|section|style|script|svg)\b")),
    (
        "tsx",
        re.compile(
            r".*?\bfrom\s+[\"']react[\"'](?=.*?(?::\s*(?:string|number|React\.)|<\w+>\())", re.S
        ),
    ),
    ("jsx", re.compile(r".*?(?:\bfrom\s+[\"']react[\"']|\breturn\s*\(?\s*<\w)", re.S)),
    ("css", re.compile(r"\s*(?:@import|@media|:root|\*|body|html|[.#][\w-]+)[^;{}]{0,80}\{")),
    (
        "javascript",
        re.compile(r".*?(?:\bfunction\s+(?:setup|draw)\s*\(|\bdocument\.|\bwindow\.)", re.S),
    ),
)
_REACT = re.compile(r"\bfrom\s+[\"']react(?:-dom(?:/client)?)?[\"']|\bReact\.createElement\b")


def language_like(text: str) -> str:
    """The language of apps that a text looks like, or an empty string."""
    read = text[:_READ]
    return next((language for language, look in _LOOKS if look.match(read)), "")


def is_react(text: str) -> bool:
    """Whether code takes something from React."""
    return bool(_REACT.search(text[:_READ]))
