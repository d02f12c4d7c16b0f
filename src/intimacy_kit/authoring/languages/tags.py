"""Whether the tag of a language is one that anybody will ask for."""

import re

from attrs import frozen

from intimacy_kit.content.checks import is_language_tag

__all__ = ["WrongTag", "letters_of", "wrong_with_tag"]

#: So long are the codes of ISO 639-1.
_SHORT = 2
#: The two-letter codes of ISO 639, as CLDR 47 knows them.
_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

#: What people write, and the tag that is meant: countries, names, longer codes and codes of long ago.
_MEANT_PAIRS = (
    "in:id iw:he ji:yi jw:jv mo:ro sh:sr-Latn cn:zh cz:cs dk:da gr:el jp:ja kz:kk rs:sr ua:uk vn:vi ara:ar "
    "chi:zh deu:de dut:nl eng:en fas:fa fra:fr fre:fr ger:de heb:he hin:hi ita:it jpn:ja kor:ko nld:nl per:fa "
    "pol:pl por:pt rus:ru spa:es swe:sv tur:tr ukr:uk zho:zh arabic:ar chinese:zh dutch:nl english:en farsi:fa "
    "french:fr german:de greek:el hebrew:he hindi:hi italian:it japanese:ja korean:ko persian:fa polish:pl "
    "portuguese:pt russian:ru spanish:es swedish:sv turkish:tr ukrainian:uk deutsch:de espanol:es español:es "
    "francais:fr français:fr italiano:it portugues:pt português:pt"
)
_MEANT = dict(pair.split(":") for pair in _MEANT_PAIRS.split())
#: Regions that are called otherwise.
_MEANT_REGIONS = {"uk": "GB", "en": "GB", "la": "419"}

_SCRIPT = re.compile(r"[A-Za-z]{4}")
_REGION = re.compile(r"[A-Za-z]{2}|[0-9]{3}")

#: The letters of languages that are not written in Latin ones: the beginning of their names in Unicode (CLDR 47).
_LETTERS = {
    "ARABIC": "acm aeb apc ar ars ary arz ckb fa prs ps ug ur",
    "ARMENIAN": "hy",
    "BENGALI": "as bn",
    "CJK|HIRAGANA|KATAKANA": "ja yue zh",
    "CYRILLIC": "ab ba be bg ce cv kv mk os ru tt uk",
    "DEVANAGARI": "hi mr ne sa",
    "ETHIOPIC": "am ti",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "HANGUL": "ko",
    "HEBREW": "he yi",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAANA": "dv",
    "THAI": "th",
    "TIBETAN": "bo dz",
}
_LETTERS_OF = {language: letters for letters, languages in _LETTERS.items() for language in languages.split()}
#: What a script in a tag asks for.
_LETTERS_OF_SCRIPTS = {"arab": "ARABIC", "cyrl": "CYRILLIC", "latn": "LATIN", "hebr": "HEBREW", "deva": "DEVANAGARI"}
_LATIN = (
    "af br ca cs cy da de en eo es et eu fi fo fr fy ga gd gl gn hr ht hu id ig is it jv la lb ln lt lv mg mi mt nb nl "
    "nn no oc om pl pt qu rm ro rw sc se sk sl sm sn so sq st su sv sw tk tl tn to tr ts ty vi wo xh yo zu"
)


@frozen
class WrongTag:
    """Why the tag of a language is none."""

    said: str
    #: The tag that is meant; empty where nobody knows.
    meant: str

    @property
    def hint(self) -> str:
        """What to do about it."""
        return f"write '{self.meant}'" if self.meant else "a tag is such as es, pt-BR or zh-Hant"


def wrong_with_tag(tag: str) -> WrongTag | None:
    """Return what is wrong with the tag of a language; None where it is well.

    >>> wrong_with_tag("jp")
    WrongTag(said="no language is called 'jp'", meant='ja')
    >>> wrong_with_tag("pt_br").hint, wrong_with_tag("pt-BR")
    ("write 'pt-BR'", None)
    """
    first, *rest = tag.replace("_", "-").split("-")
    language = _MEANT.get(first.lower(), first.lower())
    meant = "-".join([language, *map(_cased, rest)])
    if language != first.lower():
        return WrongTag(f"no language is called '{first}'", meant)
    if not is_language_tag(meant) or (len(language) == _SHORT and language not in _TWO_LETTERS.split()):
        return WrongTag(f"'{tag}' is the tag of no language", "")
    return WrongTag(f"'{tag}' is not written as tags are", meant) if meant != tag else None


def _cased(part: str) -> str:
    """Return a part of a tag behind the language, as it is written: Hant, BR, 419."""
    if _SCRIPT.fullmatch(part):
        return part.title()
    region = _MEANT_REGIONS.get(part.lower(), part)
    return region.upper() if _REGION.fullmatch(region) else part.lower()


def letters_of(tag: str) -> str:
    """Return the letters a language is written in, as Unicode names begin; several joined by ``|``.

    Nothing where it is written in more than one way, or not known here.

    >>> letters_of("ar-EG"), letters_of("es"), letters_of("sr"), letters_of("sr-Latn")
    ('ARABIC', 'LATIN', '', 'LATIN')
    """
    parts = tag.lower().split("-")
    script = next((part for part in parts[1:] if _SCRIPT.fullmatch(part)), "")
    if script:
        return _LETTERS_OF_SCRIPTS.get(script, _LETTERS_OF.get(parts[0], "") if script.startswith("han") else "")
    return _LETTERS_OF.get(parts[0], "LATIN" if parts[0] in _LATIN.split() else "")
