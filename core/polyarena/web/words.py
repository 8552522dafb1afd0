"""Words for the voter: failures, exclusions, modes, choices; the same in pages and API."""

from __future__ import annotations

from ..arena import Mode
from ..ballot import Choice
from ..errors import Failure
from ..expertise import Tier

FAILURES = {
    Failure.UNREACHABLE: "This model could not be reached.",
    Failure.UNAUTHORISED: "This model did not let us in; the operator has been told.",
    Failure.RATE_LIMITED: "This model is busy; try again in a moment.",
    Failure.SERVER_ERROR: "This model's server had an error.",
    Failure.REFUSED: "This model's server did not take the prompt.",
    Failure.MALFORMED: "This model's answer could not be read.",
    Failure.CUT: "This model's answer broke off before it was finished.",
    Failure.SILENT: "This model stopped answering.",
    Failure.ENDLESS: "This model did not come to an end.",
    Failure.EMPTY: "This model sent an empty answer.",
    Failure.PICTURE: "This model's picture could not be read or shown; try again.",
    Failure.INTERRUPTED: "The answer was interrupted on our side.",
    Failure.PLUGIN: "The answer was lost to a fault on our side; the operator has been told.",
    Failure.SANDBOX: "The answer could not be run just now, for a fault on our side; try again.",
}
FINISHES = {
    "length": "The answer reached its length limit.",
    "refused": "The model declined to answer.",
    "stopped": "Stopped.",
}
EXCLUSIONS = {
    "model-named-itself": "A model gave its name away, so this vote is kept but not rated.",
    "stopped": "An answer was stopped, so this vote is kept but not rated.",
    "refused": "A model declined to answer, so this vote is kept but not rated.",
    Mode.SIDE_BY_SIDE.value: "The models were chosen and known, so this vote is kept apart.",
}
CHOICES = {
    Choice.A: ("Left is better", "ArrowLeft"),
    Choice.TIE: ("It's a tie", "ArrowUp"),
    Choice.BOTH_BAD: ("Both are bad", "ArrowDown"),
    Choice.B: ("Right is better", "ArrowRight"),
}
ASPECT_CHOICES = {
    Choice.A: "Left",
    Choice.TIE: "Tie",
    Choice.B: "Right",
    Choice.BOTH_BAD: "Both bad",
}
TIERS = {
    Tier.DECLARED: "You say so.",
    Tier.EMAIL_DOMAIN: "You read mail at an address of a listed domain.",
    Tier.INSTITUTION: "You signed in at a listed institution.",
    Tier.REGISTRY: "A public register has this number; it may not be yours.",
    Tier.OPERATOR: "The operator has confirmed it.",
}
MODES = {
    Mode.BATTLE: "Battle",
    Mode.SIDE_BY_SIDE: "Side by side",
    Mode.DIRECT: "Direct",
}
