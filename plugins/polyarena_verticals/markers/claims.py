"""What an advertiser must be able to substantiate."""

from __future__ import annotations

import re

from ..marker import Marker

FIGURE = Marker(
    "figure",
    "Figure that needs a source",
    re.compile(
        r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|per\s?cent\b|percent\b)"
        r"|(?<![\w.,])\d{1,2}\s(?:in|out\sof)\s\d{1,3}\b(?!\s?[.:]\d)"
        r"|(?<![\w.,])\d{1,3}(?:[.,]\d)?\s?[x×]\s(?=more|faster|better|higher|as)"
    ),
)
CLAIM = Marker.of_words(
    "claim",
    "Claim to substantiate",
    "clinically proven, scientifically proven, clinically tested, dermatologist tested, "
    "dermatologically tested, doctor recommended, guaranteed, guarantee, risk free, money back, "
    "number one, no. 1, best selling, award winning, market leading, world class, world's best, "
    "unbeatable, unrivalled, unrivaled, miracle, cures, instant results, eco friendly, green, "
    "sustainable, carbon neutral, climate neutral, net zero, biodegradable, all natural, "
    "100% natural, chemical free, toxin free, limited time, only today, last chance, free trial, "
    "for free, lowest price, cheapest, proven, patented",
)
HASHTAG = Marker("hashtag", "Hashtag", re.compile(r"(?<![\w&#/])#[^\W\d_]\w{1,40}"))

CLAIMS = (FIGURE, CLAIM, HASHTAG)
