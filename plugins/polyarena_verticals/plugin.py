"""Registers the arenas `medicine`, `legal`, `finance` and `marketing`."""

from __future__ import annotations

from .occupations.finance import FINANCE
from .occupations.legal import LEGAL
from .occupations.marketing import MARKETING
from .occupations.medicine import MEDICINE
from .verticals import Verticals

plugin = Verticals(MEDICINE, LEGAL, FINANCE, MARKETING)
