"""The fields that a row of a spreadsheet can give, and where each belongs in a prompt."""

from collections.abc import Mapping
from typing import Any

from intimacy_kit.authoring.importing.headings import plain
from intimacy_kit.authoring.importing.values import words

__all__ = ["LISTS", "NUMBERS", "PLACES", "WORDS", "normalised", "value_at"]

#: Where each field of a row belongs in a prompt; in the order in which a writer writes them.
PLACES = {
    "id": ("id",),
    "text": ("text",),
    "skills": ("skills",),
    "depth": ("depth",),
    "minutes": ("minutes",),
    "mood": ("mood",),
    "shape": ("shape",),
    "purpose": ("purpose",),
    "topics": ("topics",),
    "suits": ("suits",),
    "links": ("links",),
    "after_days": ("repeat", "after_days"),
    "deeper": ("follow_ups", "deeper"),
    "lighter": ("follow_ups", "lighter"),
    "repair": ("follow_ups", "repair"),
    "solo": ("solo",),
    "after": ("after",),
    "basis": ("evidence", "basis"),
    "sources": ("evidence", "sources"),
    "note": ("evidence", "note"),
    "authors": ("authors",),
    "licence": ("licence",),
}

#: The fields that hold words for people.
WORDS = ("text", "deeper", "lighter", "repair", "solo", "after")
NUMBERS = ("depth", "minutes", "after_days")
LISTS = ("skills", "topics", "suits", "links", "sources", "authors")


def normalised(text: str) -> str:
    """Return what makes two texts the same: their words, without case, accents and signs."""
    return plain(words(text))


def value_at(prompt: Mapping[str, Any], name: str) -> object:
    """Return the value of a field of a row in a prompt; None where there is none."""
    value: Any = prompt
    for part in PLACES[name]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
