"""Answers as a short lecture: headings, a table, a formula, a caveat."""

from __future__ import annotations

import random

from .subject import Subject

_DEFINITIONS = (
    "By **{a}** we shall understand whatever stays the same when its circumstances change. "
    "The definition is narrow on purpose: it excludes {b}, which is a consequence, "
    "and {c}, which is a habit of speech.",
    "It is customary to introduce **{a}** through {b}, and I shall do so, while noting that the "
    "literature has never quite agreed whether {c} belongs to the same family.",
    "Let us be careful. **{a}** is a name for a question before it is a name for an answer; "
    "{b} and {c} are two attempts at that answer, and they differ chiefly in what they ignore.",
)
_ROLES = ("a premise", "a mechanism", "an effect", "a boundary case", "a measure", "an analogy")
_FORMULAS = (
    r"\frac{\partial u}{\partial t} = D\,\nabla^2 u",
    r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
    r"\lim_{n \to \infty} \frac{1}{n} \sum_{i=1}^{n} x_i = \mu",
    r"H = -\sum_{i} p_i \log_2 p_i",
)
_CAVEATS = (
    "The formula is offered as an analogy, not a proof: it says that what is averaged over long "
    "enough stops surprising us, and that the interesting cases are those where it does not.",
    "One should resist reading too much into the table. Its rows are not independent, "
    "and a different choice of examples would have moved at least one of them.",
)


def write(subject: Subject, rng: random.Random) -> str:
    """Definition, table of the keywords, formula or worked sum, and a caveat."""
    words = {
        "a": subject.topic,
        "b": subject.other(0, "usage"),
        "c": subject.other(1, "custom"),
    }
    blocks = [f"### On {subject.topic}"]
    if subject.earlier:
        blocks.append(f"We left off at *{subject.earlier}*; the present question refines it.")
    blocks += [rng.choice(_DEFINITIONS).format_map(words), _table(subject, rng)]
    blocks += ["### The formal part", *_formal(subject, rng)]
    blocks += ["### In closing", rng.choice(_CAVEATS)]
    return "\n\n".join(blocks)


def _formal(subject: Subject, rng: random.Random) -> list[str]:
    if subject.sum:
        return [
            "Multiplication and division bind more tightly than addition and subtraction; hence",
            f"$$ {subject.sum.latex} $$",
        ]
    return ["A relation of the following shape governs it:", f"$$ {rng.choice(_FORMULAS)} $$"]


def _table(subject: Subject, rng: random.Random) -> str:
    terms = (subject.keywords or ("form", "content", "context"))[:4]
    roles = rng.sample(_ROLES, len(terms))
    rows = [
        f"| {term} | {role} | {rng.randint(55, 95)} % |"
        for term, role in zip(terms, roles, strict=True)
    ]
    return "\n".join(["| Term | Serves as | Agreement |", "| --- | --- | ---: |", *rows])
