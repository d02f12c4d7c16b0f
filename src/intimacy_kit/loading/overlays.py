"""The words of a pack in other languages: from the bytes of a ``pack.es.json`` to the texts of the pack.

An overlay changes nothing but ``Text.others``. Each text in it carries a digest of the original it was made from; where
the pack says something else by now, that text is shown as it was written. And an activity takes words in a language
only with all of its safety text, so that nobody is led into it by words they read, and left there by words they do not.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from attrs import evolve, field, frozen

from intimacy_kit.content.activities import PARAGRAPH
from intimacy_kit.content.checks import is_language_tag, is_slug
from intimacy_kit.content.languages import best_language
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import is_safety, texts, with_words
from intimacy_kit.content.vocabulary import FORMAT
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.positions import Positions
from intimacy_kit.loading.preflight import CONTENT, preflight
from intimacy_kit.problems import Problem, Where, pointer_part

__all__ = [
    "Overlay",
    "ReadOverlay",
    "about_translation",
    "asked_for",
    "digest_of",
    "digest_of_all",
    "overlay_file",
    "read_overlay",
    "with_overlays",
]

_LONGEST_CONTEXT = 400
_LONGEST_VERSION = 60
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_SHORT_DIGEST = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"\bpack\.[A-Za-z0-9-]+\.json\b")
_FIELDS = {"format", "pack", "version", "language", "originals", "texts"}


@frozen
class Overlay:
    """What a pack says in one other language."""

    #: The tag of the language.
    language: str
    #: By the context of each text: the digest of its original, and the words.
    texts: Mapping[str, tuple[str, str]] = field(repr=False)


@frozen
class ReadOverlay:
    """What reading gives: an overlay, or none and all that is wrong with it."""

    #: The overlay; None where there is any problem.
    overlay: Overlay | None
    #: All problems; empty where there is an overlay.
    problems: tuple[Problem, ...] = ()


def overlay_file(language: str) -> str:
    """Return the name of the file that holds a language, beside the ``pack.json``.

    >>> overlay_file("pt-BR")
    'pack.pt-BR.json'
    """
    return f"pack.{language}.json"


def asked_for(pack: Pack, languages: Iterable[str] | None) -> tuple[str, ...]:
    """Return the translations of a pack that some wanted languages may fall back to; all of them for None.

    >>> from intimacy_kit.content.text import Text
    >>> words = {"title": Text("Tea"), "about": Text("Over a cup."), "languages": ["en", "es", "de"]}
    >>> asked_for(Pack(name="tea", version="1.0", authors=["Ada"], **words), ["es-MX", "fr"])
    ('es',)
    """
    others = pack.languages[1:]
    wanted = others if languages is None else tuple(languages)
    return tuple(tag for tag in others if best_language(wanted, [tag]))


def about_translation(problem: Problem) -> bool:
    """Tell whether a problem is about one language of a pack, which is used without it.

    >>> about_translation(Problem(Where("intimacy-pack-tea 1.0: pack.es.json"), "K009", "a text holds U+202E"))
    True
    """
    return _FILE.search(f"{problem.where.file} {problem.message}") is not None


def digest_of(words: str) -> str:
    """Return the digest by which a translation knows its original.

    >>> digest_of("Who made your first cup today?")
    'a2ff90cf858c2f77'
    """
    return sha256(words.encode()).hexdigest()[:16]


def digest_of_all(pack: Pack) -> str:
    """Return the digest of all that a pack says in the language it was written in."""
    said = "".join(f"{one.context}\0{one.text.words}\0" for one, _ in texts(pack))
    return f"sha256:{sha256(said.encode()).hexdigest()}"


def read_overlay(data: bytes, file: str, pack: Pack, language: str) -> ReadOverlay:
    """Read the bytes of an overlay that should hold what a pack says in a language."""
    checked = preflight(data, file, CONTENT)
    if checked.problems:
        return ReadOverlay(None, checked.problems)
    problems = _wrong_with(checked.document, file, pack, language)
    if problems:
        positions = Positions.of(checked.text, [problem.where.pointer for problem in problems])
        placed = (evolve(one, where=positions.where(one.where.pointer, file)) for one in problems)
        return ReadOverlay(None, tuple(sorted(placed)))
    document: Any = checked.document
    return ReadOverlay(
        Overlay(language, {context: (one["of"], one["words"]) for context, one in document["texts"].items()})
    )


def _wrong_with(document: Any, file: str, pack: Pack, language: str) -> tuple[Problem, ...]:
    """Return all problems of a document that was parsed, with pointers."""
    form = document.get("format") if type(document) is dict else None
    if type(form) is int and form > FORMAT:
        said = f"the overlay is in a format of tomorrow, this kit reads format {FORMAT}"
        return (Problem(Where(file, pointer="/format"), "K309", said, "upgrade intimacy-kit"),)
    if not _is_overlay(document):
        # The schema and this check say the same (a property test); should they ever not, nothing broken gets in.
        unknown = (Problem(Where(file), "K199", "this is no overlay", "please report this"),)
        return explain("overlay", document, file) or unknown
    return tuple(_foreign(document, file, pack, language)) or tuple(_too_long(document, file, pack))


def _is_overlay(document: Any) -> bool:
    """Tell whether the schema accepts a document; a hundred times faster than asking it."""
    return (
        type(document) is dict
        and document.keys() == _FIELDS
        and type(document["format"]) is int
        and document["format"] == FORMAT
        and is_slug(document["pack"])
        and type(document["version"]) is str
        and 1 <= len(document["version"]) <= _LONGEST_VERSION
        and is_language_tag(document["language"])
        and type(document["originals"]) is str
        and _DIGEST.fullmatch(document["originals"]) is not None
        and type(document["texts"]) is dict
        and all(1 <= len(context) <= _LONGEST_CONTEXT and _is_text(one) for context, one in document["texts"].items())
    )


def _is_text(document: Any) -> bool:
    match document:
        case {"of": str(of), "words": str(words), **more}:
            return not more and 1 <= len(words) <= PARAGRAPH and _SHORT_DIGEST.fullmatch(of) is not None
        case _:
            return False


def _foreign(document: Mapping[str, Any], file: str, pack: Pack, language: str) -> Iterable[Problem]:
    """Say where an overlay is of another pack, or of another language than its name says."""
    for name, wanted, what in (("pack", pack.name, "the pack"), ("language", language, "the language")):
        if document[name] != wanted:
            said = f"these are words of {what} '{document[name]}', not '{wanted}'"
            yield Problem(
                Where(file, pointer=f"/{name}"), "K823", said, "run 'intimacy-kit build' and release it again"
            )


def _too_long(document: Mapping[str, Any], file: str, pack: Pack) -> Iterable[Problem]:
    for said, _ in texts(pack):
        found = document["texts"].get(said.context)
        if found and len(found["words"]) > said.most:
            pointer = f"/texts{pointer_part(said.context)}/words"
            yield Problem(Where(file, pointer=pointer), "K106", f"the text is longer than {said.most} characters")


def with_overlays(pack: Pack, overlays: Iterable[Overlay]) -> Pack:
    """Return a pack with the words of its overlays, and nothing else changed.

    A text whose original is another one by now keeps to the language it was written in; so does the whole of an
    activity that lacks any of its safety text in a language.
    """
    overlays = tuple(overlays)
    if not overlays:
        return pack
    words: dict[str, dict[str, str]] = {}
    unsafe: set[tuple[str, str]] = set()
    for said, owner in texts(pack):
        original = ""
        for overlay in overlays:
            of, translated = overlay.texts.get(said.context, ("", ""))
            original = original or (of and digest_of(said.text.words))
            if of and of == original:
                words.setdefault(said.context, {})[overlay.language] = translated
            elif is_safety(owner, said.context):
                unsafe.add((_owner(said.context), overlay.language))
    for context, by_language in words.items():
        for language in [tag for tag in by_language if (_owner(context), tag) in unsafe]:
            del by_language[language]
    return with_words(pack, {context: by_language for context, by_language in words.items() if by_language})


def _owner(context: str) -> str:
    return context.partition("/")[0]
