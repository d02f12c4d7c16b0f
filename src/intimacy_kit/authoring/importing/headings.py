"""What stands above a column, and which field of a prompt is meant by it."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

__all__ = ["FIELDS", "LEFT_OUT", "WRONG", "asks_for_text", "field_of", "near_field", "plain"]

#: Above the column of a left-over file that says what is wrong with each row.
WRONG = "what is wrong"

#: The fields a column can give, and what people write above it: in English, German, Spanish and French.
FIELDS = {
    "text": (
        "text|prompt|prompts|question|questions|words|wording|the question|your question|"
        "frage|fragen|fragetext|impuls|aufgabe|pregunta|preguntas|texto|consigna|texte|invite"
    ),
    "id": "id|slug|identifier|key|kennung|schluessel|identificador|clave|identifiant|nr|no|number|nummer|numero",
    "skills": (
        "skills|skill|practises|practices|ability|abilities|faehigkeit|faehigkeiten|"
        "habilidad|habilidades|competence|competences|aptitudes"
    ),
    "depth": "depth|level of depth|how deep|level|tiefe|stufe|profundidad|nivel|profondeur|niveau",
    "minutes": "minutes|minute|min|mins|time|duration|how long|minuten|dauer|zeit|minutos|duracion|tiempo|duree|temps",
    "topics": "topics|topic|tags|tag|themes|theme|thema|themen|tema|temas|etiquetas|sujets|sujet",
    "suits": "suits|for whom|who for|suitable for|fuer wen|geeignet fuer|para quien|pour qui",
    "deeper": (
        "deeper|follow up|followup|follow up deeper|a little deeper|tiefer|nachfrage|mas hondo|"
        "mas profundo|plus profond"
    ),
    "lighter": "lighter|follow up lighter|way out|a lighter way out|leichter|mas ligero|mas ligera|plus leger",
    "repair": "repair|follow up repair|when it came out wrong|reparatur|wiedergutmachung|reparar|reparation",
    "solo": "solo|alone|for one|on your own|allein|alleine|a solas|en solitario|seul|seule",
    "after": "after|afterwards|how it lands|landing|danach|nachher|despues|apres",
    "mood": "mood|tone|feeling|stimmung|tono|animo|humeur|ton",
    "shape": "shape|form|kind of question|question type|gestalt|forma|forme",
    "purpose": "purpose|aim|zweck|proposito|but",
    "basis": "basis|evidence|evidence basis|evidence level|evidenz|evidencia|preuves",
    "sources": "sources|source|doi|reference|references|quelle|quellen|fuente|fuentes",
    "note": "evidence note|origin|where it comes from|herkunft|origen|origine",
    "links": "links|goes well with|related|siehe auch|enlaces|liens",
    "authors": "authors|author|by|written by|autor|autorin|autoren|autores|autora|auteur|auteurs|autrice",
    "licence": "licence|license|lizenz|licencia",
    "after_days": "rest|rest days|after days|days|repeat after days|ruhetage|dias de descanso|jours de repos",
    "kind": "kind|kind of activity|activity|art|tipo|genre",
    "comment": (
        "comment|comments|note|notes|remark|remarks|internal|kommentar|anmerkung|anmerkungen|notiz|bemerkung|"
        "comentario|comentarios|nota|notas|observaciones|commentaire|commentaires|remarque|remarques"
    ),
}

#: What programs add by themselves, and nobody wants in a pack.
LEFT_OUT = {
    "timestamp": "when a form was sent",
    "zeitstempel": "when a form was sent",
    "marca temporal": "when a form was sent",
    "horodateur": "when a form was sent",
    "email": "somebody's address",
    "e mail": "somebody's address",
    "email address": "somebody's address",
    "e mail adresse": "somebody's address",
    "direccion de correo electronico": "somebody's address",
    "adresse e mail": "somebody's address",
    WRONG: "written by 'intimacy-kit import'",
}

#: What is longer, in characters, is no heading that is known.
_LONGEST = 60
#: In the heading of a form, these are said of the text; where no other column is it.
_SPEAKS_OF_TEXT = {"prompt", "question", "questions", "frage", "fragen", "impuls", "pregunta", "preguntas"}
#: So alike is a word that was meant, from 0 to 1; less, and it is another word.
_NEAR = 0.75


def plain(words: str) -> str:
    """Return words without case, accents and signs, so that two ways of writing them are the same.

    >>> plain("  Follow-up_Deeper: "), plain("Duración (min.)")
    ('follow up deeper', 'duracion min')
    """
    apart = unicodedata.normalize("NFKD", words.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    kept = "".join(char if char.isalnum() else " " for char in apart if not unicodedata.combining(char))
    return " ".join(kept.split())


@cache
def _names() -> dict[str, str]:
    """Return the field of each name."""
    names: dict[str, str] = {}
    for field, ways in FIELDS.items():
        for way in ways.split("|"):
            names.setdefault(way, field)
    return names


def field_of(heading: str) -> str:
    """Return the field that is meant by a heading; nothing where none is.

    >>> field_of("Tiefe (1-4)"), field_of("Follow-up: deeper *"), field_of("colour")
    ('depth', 'deeper', '')
    """
    if len(heading) > _LONGEST:
        return ""
    names = _names()
    return names.get(plain(heading)) or names.get(plain(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))) or ""


def asks_for_text(heading: str) -> bool:
    """Say whether a heading speaks of a question, as those of a form do.

    >>> asks_for_text("Your question for the couple"), asks_for_text("Your name")
    (True, False)
    """
    return bool(_SPEAKS_OF_TEXT & set(plain(heading).split()))


def near_field(heading: str) -> str:
    """Return what the heading would have to be, where it is nearly one that is known."""
    return next(iter(get_close_matches(plain(heading), _names(), 1, _NEAR)), "")
