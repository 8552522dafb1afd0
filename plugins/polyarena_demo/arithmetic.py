"""Sums found in a prompt, worked out exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = r"(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?"
# A minus needs its spaces, lest dates and ranges pass for sums.
_SIGN = r"(?:\s{0,3}[+*x×/÷]\s{0,3}|\s{1,3}[-−]\s{1,3})"
_SUM = re.compile(rf"(?<![\w.]){_NUMBER}(?:{_SIGN}{_NUMBER}){{1,5}}(?!\w|\.\d)")
_TOKEN = re.compile(rf"{_NUMBER}|[-+*x×/÷−]")
_SIGNS = {"x": "×", "*": "×", "/": "÷", "-": "−"}


@dataclass(frozen=True, slots=True)
class Sum:
    """An expression of numbers and the four operations, and its value as text."""

    terms: tuple[str, ...]
    value: str

    @property
    def plain(self) -> str:
        """The expression as a person writes it."""
        return " ".join(self.terms)

    @property
    def latex(self) -> str:
        """The expression with its value, in LaTeX."""
        sides = f"{self.plain} = {self.value}"
        return sides.replace("×", r"\times").replace("÷", r"\div").replace("−", "-")

    @property
    def python(self) -> str:
        """The expression as Python source."""
        return self.plain.replace("×", "*").replace("÷", "/").replace("−", "-")


def find_sum(text: str) -> Sum | None:
    """The first sum in a text that has a value."""
    for match in _SUM.finditer(text):
        terms = tuple(_SIGNS.get(term, term) for term in _TOKEN.findall(match[0]))
        value = _value(terms)
        if value is not None:
            return Sum(terms, _written(value))
    return None


def _value(terms: tuple[str, ...]) -> Fraction | None:
    total, product = Fraction(0), Fraction(terms[0])
    for sign, number in zip(terms[1::2], terms[2::2], strict=True):
        term = Fraction(number)
        if sign == "×":
            product *= term
        elif sign == "÷":
            if not term:
                return None
            product /= term
        else:
            total += product
            product = term if sign == "+" else -term
    return total + product


def _written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6g}"
