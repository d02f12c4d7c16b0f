"""From words to a name: slugs in plain letters, from titles and texts of many languages."""

import re
import unicodedata

__all__ = ["MOST_LETTERS", "slug_of"]

#: So long may a slug be, in characters; the schemas say the same.
MOST_LETTERS = 64

#: Letters that are no plain letter with an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h"}
)
#: In German the dots are written out; in Spanish, Swedish or Turkish they are left out.
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")


def slug_of(words: str, language: str = "en", *, most: int = MOST_LETTERS) -> str:
    """Return a slug of at most so many characters for some words; nothing where they hold no plain letter.

    >>> slug_of("Grüße vom Küchentisch!", "de"), slug_of("El pingüino", "es"), slug_of("36 evenings"), slug_of("٣")
    ('gruesse-vom-kuechentisch', 'el-pinguino', 'evenings-36', '')
    """
    plain = unicodedata.normalize("NFC", words).lower()
    plain = plain.translate(_GERMAN) if language.partition("-")[0] == "de" else plain
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", plain.translate(_LETTERS)))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    parts = re.findall("[a-z0-9]+", plain)
    while parts and parts[0][0].isdigit() and any(part[0].isalpha() for part in parts):
        parts.append(parts.pop(0))  # a slug begins with a letter
    return _shortened(parts, most) if parts and parts[0][0].isalpha() else ""


def _shortened(parts: list[str], most: int) -> str:
    """Return as many whole words as fit."""
    slug = parts[0][:most]
    for part in parts[1:]:
        if len(slug) + 1 + len(part) > most:
            break
        slug += f"-{part}"
    return slug
