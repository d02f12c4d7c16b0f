"""From PO files to overlays: ``locale/es.po`` becomes ``pack.es.json`` beside the ``pack.json``."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from intimacy_kit.authoring.languages.matching import Match, match, po_of, usable
from intimacy_kit.content.checks import is_language_tag
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import texts
from intimacy_kit.content.vocabulary import FORMAT
from intimacy_kit.loading.overlays import digest_of, digest_of_all, overlay_file
from intimacy_kit.problems import Problem, Where

__all__ = ["compile_overlays", "overlay_bytes", "overlays_of", "stale_overlays", "write_overlays"]


def compile_overlays(root: Path, pack: Pack) -> dict[str, bytes]:
    """Return the overlays of the languages a pack ships, by the names of their files; nothing is written.

    Words that are missing, that their translator is not sure of, or whose original has changed are left out; there
    the original is shown. A language without a PO file gives an overlay without words.
    """
    return overlays_of(pack, {language: match(pack, po_of(root, language)) for language in pack.languages[1:]})


def overlays_of(pack: Pack, found: Mapping[str, Iterable[Match]]) -> dict[str, bytes]:
    """Return the overlays of the languages a pack ships from what was found for its texts in each language."""
    overlays = {}
    for language in pack.languages[1:]:
        words = {one.said.context: one.entry.words for one in found.get(language, ()) if one.entry and usable(one)}
        overlays[overlay_file(language)] = overlay_bytes(pack, language, words)
    return overlays


def overlay_bytes(pack: Pack, language: str, words: Mapping[str, str]) -> bytes:
    """Return the overlay that gives a pack these words in a language, by the contexts of its texts."""
    document = {
        "format": FORMAT,
        "pack": pack.name,
        "version": pack.version,
        "language": language,
        "originals": digest_of_all(pack),
        "texts": {context: {"of": of, "words": words[context]} for context, of in _digests(pack, words)},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _digests(pack: Pack, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((said.context, digest_of(said.text.words)) for said, _ in texts(pack) if said.context in words)


def write_overlays(folder: Path, overlays: Mapping[str, bytes]) -> None:
    """Write overlays beside the ``pack.json`` in a folder, and take away those of languages not shipped any more."""
    for path in _leftover(folder, overlays):
        path.unlink()
    for name, data in overlays.items():
        (folder / name).write_bytes(data)


def stale_overlays(root: Path, folder: Path, overlays: Mapping[str, bytes]) -> Iterator[Problem]:
    """Say which overlays in the folder of the compiled pack are not what the PO files give now."""
    hint = "run 'intimacy-kit build'"
    for path in _leftover(folder, overlays):
        file = path.relative_to(root).as_posix()
        yield Problem(Where(file), "K407", "the pack does not ship this language any more", hint)
    for name, data in overlays.items():
        file = (folder / name).relative_to(root).as_posix()
        if not (folder / name).is_file():
            yield Problem(Where(file), "K407", "the translation is not compiled yet", hint)
        elif (folder / name).read_bytes() != data:
            yield Problem(Where(file), "K407", "the translation has changed since it was built", hint)


def _leftover(folder: Path, overlays: Mapping[str, bytes]) -> list[Path]:
    """Return the files that hold a language which is not among the overlays."""
    return [path for path in sorted(folder.glob("pack.*.json")) if path.name not in overlays and _is_overlay(path)]


def _is_overlay(path: Path) -> bool:
    return is_language_tag(path.name.removeprefix("pack.").removesuffix(".json"))
