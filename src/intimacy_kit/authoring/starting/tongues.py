"""The language a pack is written in: its tag, from what people type."""

import re

from intimacy_kit.content.checks import is_language_tag
from intimacy_kit.errors import KitError

__all__ = ["CLASSIFIERS", "tag_of"]

#: What package indexes call a language, by its tag.
CLASSIFIERS = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
#: How people call their own language.
_OWN_NAMES = {
    "català": "ca",
    "deutsch": "de",
    "dansk": "da",
    "español": "es",
    "castellano": "es",
    "français": "fr",
    "italiano": "it",
    "magyar": "hu",
    "nederlands": "nl",
    "polski": "pl",
    "português": "pt",
    "română": "ro",
    "suomi": "fi",
    "svenska": "sv",
    "türkçe": "tr",
    "čeština": "cs",
    "ελληνικά": "el",
    "русский": "ru",
    "українська": "uk",
    "עברית": "he",
    "العربية": "ar",
    "فارسی": "fa",
    "हिन्दी": "hi",
    "日本語": "ja",
    "한국어": "ko",
}
_NAMES = {name.lower(): tag for tag, name in CLASSIFIERS.items()} | _OWN_NAMES
_REGION = re.compile("[a-z]{2}|[0-9]{3}")


def tag_of(typed: str) -> str:
    """Return the tag of a language that was typed as a tag or as a name; raise KitError where it is neither.

    >>> tag_of("Deutsch"), tag_of("pt_br"), tag_of("zh-hant")
    ('de', 'pt-BR', 'zh-Hant')
    """
    words = typed.strip().lower()
    if words in _NAMES:
        return _NAMES[words]
    first, *rest = words.replace("_", "-").split("-")
    tag = "-".join([first, *(part.upper() if _REGION.fullmatch(part) else part.title() for part in rest)])
    if not is_language_tag(tag):
        raise KitError(f"'{typed}' is no language known here; write its tag, such as en, de, es or pt-BR")
    return tag
