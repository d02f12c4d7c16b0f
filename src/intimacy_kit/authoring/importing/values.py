"""From what stands in a cell to the value of a field: forgiving where only one thing can be meant.

Where it is not clear what is meant, the words stay as they are, and the schema says what is wrong with them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from intimacy_kit.authoring.importing.headings import plain
from intimacy_kit.content.vocabulary import BASES, CIRCUMSTANCES, DEPTHS, MOODS, PURPOSES, SHAPES, SKILLS, TOPICS

__all__ = ["cleaned", "is_yes_or_no", "value_of", "words"]

Value = str | int | list[str]

#: What nobody sees, and programs leave behind: soft hyphens, blanks of no width, byte order marks.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Blanks of other kinds; before a sign and inside French quotes they are meant.
_BLANKS = re.compile("(?<!\u00ab)[\u00a0\u2007\u2009\u200a\t](?![?!;:\u00bb])")
#: An apostrophe before what a spreadsheet would otherwise read as a formula or a number.
_MARKED_AS_TEXT = re.compile(r"'(?=[=+\-@])")

#: What people write where they mean nothing.
_NOTHING = {"n a", "na", "none", "nothing", "nichts", "keine", "kein", "ninguno", "ninguna", "nada", "aucun", "aucune"}
_DASHES = {"", "-", "--", "\u2013", "\u2014"}
_YES_OR_NO = {
    *("true", "false", "yes", "no", "x", "wahr", "falsch", "ja", "nein"),
    *("verdadero", "falso", "si", "vrai", "faux", "oui", "non"),
}
#: How the values of the closed lists are called in German, Spanish and French, or by the way.
_MEANT: Mapping[str, Mapping[str, str]] = {
    "skills": {
        "zuhoeren": "listening",
        "escuchar": "listening",
        "escucha": "listening",
        "ecoute": "listening",
        "einfuehlung": "empathy",
        "empathie": "empathy",
        "empatia": "empathy",
        "offenheit": "openness",
        "apertura": "openness",
        "ouverture": "openness",
        "wertschaetzung": "appreciation",
        "aprecio": "appreciation",
        "gratitude": "appreciation",
        "zuneigung": "affection",
        "afecto": "affection",
        "freundlichkeit": "kindness",
        "amabilidad": "kindness",
        "gentillesse": "kindness",
        "gespraech": "conversation",
        "conversacion": "conversation",
        "vertrauen": "trust",
        "confianza": "trust",
        "confiance": "trust",
        "unterstuetzung": "support",
        "beistand": "support",
        "apoyo": "support",
        "soutien": "support",
        "versoehnung": "repair",
        "wiedergutmachung": "repair",
        "reparacion": "repair",
        "reparation": "repair",
    },
    "mood": {
        "verspielt": "playful",
        "jugueton": "playful",
        "joueur": "playful",
        "funny": "playful",
        "alltaeglich": "ordinary",
        "cotidiano": "ordinary",
        "ordinaire": "ordinary",
        "dankbar": "grateful",
        "agradecido": "grateful",
        "reconnaissant": "grateful",
        "neugierig": "curious",
        "curioso": "curious",
        "curieux": "curious",
        "zart": "tender",
        "tierno": "tender",
        "tendre": "tender",
        "schwer": "hard",
        "duro": "hard",
        "dur": "hard",
    },
    "shape": {
        "frage": "question",
        "pregunta": "question",
        "choice": "pick",
        "either or": "pick",
        "wahl": "pick",
        "eleccion": "pick",
        "choix": "pick",
        "raten": "guess",
        "adivinar": "guess",
        "aufgabe": "task",
        "tarea": "task",
        "tache": "task",
        "sentence": "finish",
        "finish the sentence": "finish",
        "satz": "finish",
        "frase": "finish",
        "phrase": "finish",
        "szene": "scene",
        "escena": "scene",
    },
}  # fmt: skip - one word a line would be a hundred lines
_DEPTHS: Mapping[str, int] = {
    **{name: number for number, name in DEPTHS.items()},
    "leicht": 1,
    "ligero": 1,
    "ligera": 1,
    "leger": 1,
    "legere": 1,
    "persoenlich": 2,
    "personnel": 2,
    "personnelle": 2,
    "zart": 3,
    "tierno": 3,
    "tierna": 3,
    "tendre": 3,
    "tief": 4,
    "profundo": 4,
    "profunda": 4,
    "profond": 4,
    "profonde": 4,
}  # fmt: skip - as above
_KNOWN: Mapping[str, Sequence[str]] = {
    "skills": SKILLS,
    "topics": TOPICS,
    "suits": CIRCUMSTANCES,
    "mood": MOODS,
    "shape": SHAPES,
    "purpose": PURPOSES,
    "basis": BASES,
}
_BETWEEN = re.compile(r"[;,|\n/&+]")
_JOINED = re.compile(r"\s(?:and|und|y|e|et)\s")
_SEPARATE_LINES = re.compile(r"[;\n]|,\s+|\s\|\s")

_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0+)?")
_UNIT = r"(?:minutes?|minuten|minutos?|mins?|min\.|m|'|\u2032|days?|tage?n?|dias?|d\u00edas?|jours?|d)?"
_WITH_UNIT = re.compile(rf"\A(?:ca\.?|about|~|\u2248)?\s*([0-9]{{1,9}})(?:[.,]0+)?\s*{_UNIT}\.?", re.IGNORECASE)
_HOURS = re.compile(r"([0-9]{1,2})\s*(?:h|hours?|stunden?|std\.?|horas?|heures?)", re.IGNORECASE)
_NUMBER_AND_NAME = re.compile(r"\A([0-9]{1,9})[-\s\u2013\u2014:=.)(]*([^\W\d_]+)\)?")


def cleaned(text: str) -> str:
    r"""Return what stands in a cell without what nobody sees.

    >>> cleaned("\ufeffWho\u00a0was there? "), cleaned("'=1+1")
    ('Who was there?', '=1+1')
    """
    text = _MARKED_AS_TEXT.sub("", text, count=1) if text.startswith("'") else text
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return text.strip()


def words(text: str) -> str:
    r"""Return the words of a text that stands in one line.

    >>> words("Who\nwas  there?")
    'Who was there?'
    """
    return re.sub(r"[ \n]+", " ", text).strip()


def is_yes_or_no(text: str) -> bool:
    """Say whether a cell says only yes or no, where words belong."""
    return plain(text) in _YES_OR_NO or text in {"✓", "✔", "☑"}


def value_of(field: str, text: str) -> Value:
    """Return the value of a field for what stands in a cell; empty where nothing is meant.

    >>> value_of("skills", "Listening; trust"), value_of("depth", "2 - personal"), value_of("minutes", "5 min")
    (['listening', 'trust'], 2, 5)
    >>> value_of("minutes", "5-10"), value_of("topics", "Past Partners, none of it")
    ('5-10', ['past_partners', 'none of it'])
    """
    return _READ.get(field, words)(text)


def _nothing(text: str) -> bool:
    return text.strip() in _DASHES or plain(text) in _NOTHING


@cache
def _meant(field: str) -> Mapping[str, str]:
    """Return the value for each way to write it."""
    return {**{plain(value): value for value in _KNOWN[field]}, **_MEANT.get(field, {})}


def _known(field: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        return "" if _nothing(text) else _meant(field).get(plain(text), words(text))

    return read


def _listed(field: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        parts = [] if _nothing(text) else _BETWEEN.split(text)
        return _distinct(value for part in parts for value in _parts(field, part))

    return read


def _parts(field: str, text: str) -> list[str]:
    """Return what is meant by a part of a list; two that are joined by a word are two."""
    if _nothing(text):
        return []
    meant = _meant(field)
    if plain(text) not in meant:
        joined = _JOINED.split(f" {text} ".lower())
        if len(joined) > 1 and all(plain(part) in meant for part in joined):
            return [meant[plain(part)] for part in joined]
    return [meant.get(plain(text), words(text))]


def _separate(text: str) -> Value:
    return _distinct(part.strip() for part in _SEPARATE_LINES.split(text) if not _nothing(part))


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _depth(text: str) -> Value:
    if _nothing(text):
        return ""
    if found := _WHOLE.fullmatch(text):
        return int(found[1])
    if plain(text) in _DEPTHS:
        return _DEPTHS[plain(text)]
    if (found := _NUMBER_AND_NAME.fullmatch(text)) and _DEPTHS.get(plain(found[2])) == int(found[1]):
        return int(found[1])
    return words(text)


def _minutes(text: str) -> Value:
    if _nothing(text):
        return ""
    if found := _HOURS.fullmatch(text):
        return 60 * int(found[1])
    found = _WITH_UNIT.fullmatch(text)
    return int(found[1]) if found else words(text)


_READ: Mapping[str, Callable[[str], Value]] = {
    "depth": _depth,
    "minutes": _minutes,
    "after_days": _minutes,
    **{field: _known(field) for field in ("mood", "shape", "purpose", "basis")},
    **{field: _listed(field) for field in ("skills", "topics", "suits")},
    **dict.fromkeys(("links", "sources", "authors"), _separate),
}
