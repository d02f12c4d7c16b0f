"""What is wrong with the translations of a pack, each at its line and column in the PO file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from intimacy_kit.authoring.building import compiled_path
from intimacy_kit.authoring.languages.compiling import overlays_of, stale_overlays
from intimacy_kit.authoring.languages.matching import FOLDER, SUFFIX, Match, State, match, po_file, po_of
from intimacy_kit.authoring.languages.po_files import Entry, PoFile
from intimacy_kit.authoring.languages.tags import wrong_with_tag
from intimacy_kit.authoring.languages.words import MOST_SHORT_WORDS, wrong_with_words
from intimacy_kit.content.languages import is_pseudo
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, Where

__all__ = ["check_languages"]

_TEMPLATE = ".pot"
#: What people call the folder when they mean it.
_MISNAMED = {"i18n", "l10n", "languages", "locales", "po", "translation", "translations"}
#: So many contexts are compared at most, over a whole file, to say which one was meant.
_MOST_COMPARED = 200_000

#: So many texts that lack the same are told one by one, in each file.
_MOST_TOLD = 10

_EXTRACT = "run 'intimacy-kit translate extract'"


def check_languages(root: Path, pack: Pack) -> Iterator[Problem]:
    """Say all that is wrong with the languages of a pack whose sources lie in a folder.

    Problems about the list in the manifest have a pointer into the ``pack.json`` and no file; all others stand at
    their place in a PO file. A PO file of a language that the manifest does not list is work in progress: what
    it says is checked, and not how much is missing.
    """
    yield from _in_manifest(root, pack)
    yield from _misplaced(root)
    found: dict[str, tuple[Match, ...]] = {}
    for path in _sorted(root / FOLDER):
        file = path.relative_to(root).as_posix()
        if path.suffix == SUFFIX and path.is_file():
            yield from _misnamed(file, path.stem, pack) or _in_file(root, path.stem, pack, found)
        elif path.suffix != _TEMPLATE:
            hint = f"files in {FOLDER} end in {SUFFIX}, such as es{SUFFIX}"
            yield Problem(Where(file), "K406", "this is not read", hint)
    folder = compiled_path(root, pack).parent
    if folder.is_dir():
        yield from stale_overlays(root, folder, overlays_of(pack, found))


def _sorted(folder: Path) -> list[Path]:
    if folder.is_symlink():
        return []
    return sorted((path for path in folder.glob("*") if not path.name.startswith(".")), key=lambda path: path.name)


def _in_manifest(root: Path, pack: Pack) -> Iterator[Problem]:
    """Say which of the listed languages cannot be shipped."""
    for index, language in enumerate(pack.languages):
        where = Where(pointer=f"/languages/{index}")
        if is_pseudo(language):
            said = f"'{language}' is for testing, and nobody's language"
            hint = "take it out; 'intimacy-kit translate pseudo' makes a copy of the pack to test with"
            yield Problem(where, "K816", said, hint, language)
        elif wrong := wrong_with_tag(language):
            yield Problem(where, "K802", wrong.said, wrong.hint, language)
        elif index and not (root / po_file(language)).is_file():
            hint = f"run 'intimacy-kit translate extract' to make it, or take '{language}' out until it is translated"
            yield Problem(where, "K803", f"there is no {po_file(language)}", hint, language)


def _misplaced(root: Path) -> Iterator[Problem]:
    if (root / FOLDER).is_symlink():
        yield Problem(Where(FOLDER), "K305", "the folder is a link", "a pack holds its own files")
    for path in sorted(root.glob("*"), key=lambda path: path.name):
        if path.is_dir() and (path.name.lower() in _MISNAMED or path.name.lower() == FOLDER != path.name):
            yield Problem(Where(path.name), "K406", "this is not read", f"did you mean the folder {FOLDER}?")


def _misnamed(file: str, language: str, pack: Pack) -> tuple[Problem, ...]:
    """Say where a PO file has the name of no language, or of the one that needs none."""
    if wrong := wrong_with_tag(language):
        hint = f"call the file {po_file(wrong.meant)}" if wrong.meant else wrong.hint
        return (Problem(Where(file), "K802", wrong.said, hint),)
    if language == pack.languages[0]:
        said = f"the pack is written in '{language}'; there is nothing to translate"
        return (Problem(Where(file), "K804", said, "delete the file; mend the words in the sources"),)
    return ()


def _in_file(root: Path, language: str, pack: Pack, found: dict[str, tuple[Match, ...]]) -> Iterator[Problem]:
    """Give what is wrong in one PO file, and keep what it has for the texts of the pack."""
    po = po_of(root, language)
    matches = found[language] = tuple(match(pack, po))
    yield from po.problems
    if po.problems and not po.entries:
        return
    yield from _in_head(po, language)
    yield from _in_entries(po, matches)
    yield from _in_words(po, matches, language, pack.languages[0])
    if language in pack.languages and not po.problems:
        yield from _unfinished(po, matches, language)


def _in_head(po: PoFile, language: str) -> Iterator[Problem]:
    """Say what the head of a file says wrongly."""
    head = dict(po.head)
    found = head.get("Language", "")
    if found.replace("_", "-").lower() != language.lower():
        said = f"the head says the language is '{found}'" if found else "the head does not say the language"
        hint = f'write "Language: {language}\\n", or give the file the name of its language'
        yield _about_head(po, f"Language: {found}" if found else "", "K813", said, hint)
    charset = head.get("Content-Type", "").partition("charset=")[2].strip()
    if charset and charset.lower() not in {"utf-8", "utf8"}:
        said = f"the head says the letters are written as {charset}, and they are UTF-8"
        hint = 'write "Content-Type: text/plain; charset=UTF-8\\n"'
        yield _about_head(po, charset, "K814", said, hint)


def _about_head(po: PoFile, part: str, code: str, said: str, hint: str) -> Problem:
    """Return a problem about some words of the head."""
    if po.head_entry is None:
        return Problem(Where(po.file, 1, 1), code, said, hint)
    at = max(0, po.head_entry.words.find(part))
    return Problem(po.head_entry.where(po.file, "msgstr", at), code, said, hint, part)


def _in_entries(po: PoFile, matches: Sequence[Match]) -> Iterator[Problem]:
    """Say which entries are of no text of the pack."""
    known = {one.said.context for one in matches}
    compared = 0
    for entry in po.entries:
        if entry.obsolete or entry.context in known:
            continue
        if not entry.context:
            place = entry.where(po.file, "msgid")
            said = "the entry does not say which text it is for"
            hint = f"{_EXTRACT}, and put the words into the entry that has a msgctxt"
            yield Problem(place, "K822", said, hint)
            continue
        compared += len(known)
        near = similar_to(entry.context, sorted(known)) if compared <= _MOST_COMPARED else ""
        hint = f"did you mean '{near}'? If the text is gone, {_EXTRACT}" if near else f"if the text is gone, {_EXTRACT}"
        said = f"the pack has no text '{entry.context}'"
        yield Problem(entry.where(po.file, "msgctxt"), "K809", said, hint, entry.context)


def _in_words(po: PoFile, matches: Sequence[Match], language: str, written_in: str) -> Iterator[Problem]:
    """Say what is wrong with the words that are there; those nobody is sure of are to be looked at anyway."""
    said_before: dict[str, Match] = {}
    for one in matches:
        if one.entry is None or one.state != State.DONE:
            continue
        words = one.entry.words
        for finding in wrong_with_words(one.said.text.words, words, language, written_in):
            at = max(0, words.find(finding.part))
            where = one.entry.where(po.file, "msgstr", at)
            yield Problem(where, finding.code, finding.said, finding.hint, finding.part)
        if len(words) > one.said.most:
            said = f"the text is longer than {one.said.most} characters"
            yield Problem(one.entry.where(po.file), "K106", said, f"it has {len(words)}; say it shorter")
        yield from _same_as_before(po, one, one.entry, said_before.setdefault(words, one))


def _same_as_before(po: PoFile, one: Match, entry: Entry, first: Match) -> Iterator[Problem]:
    """Say where words stand a second time, for another original."""
    different = first.said.text.words.casefold() != one.said.text.words.casefold()
    if different and len(entry.words.split()) > MOST_SHORT_WORDS:
        said = f"the same words stand for '{first.said.context}', which says something else"
        yield Problem(entry.where(po.file), "K820", said, "one of the two was put in the wrong place")


def _unfinished(po: PoFile, matches: Sequence[Match], language: str) -> Iterator[Problem]:
    """Say what a language that is shipped lacks."""
    asked = [one for one in matches if one.asked]
    absent = [one for one in asked if one.state == State.ABSENT]
    if absent:
        first = next((one for one in absent if one.safety), absent[0])
        texts = "a text of the pack is" if len(absent) == 1 else f"{len(absent)} texts of the pack are"
        said = f"{texts} not in this file yet, such as '{first.said.context}'"
        yield Problem(Where(po.file), "K806", said, _EXTRACT)
    told: dict[str, list[Problem]] = {}
    for one in asked:
        if one.entry is not None and one.state != State.DONE:
            problem = _not_done(one, one.entry, po.file, language)
            told.setdefault(problem.code, []).append(problem)
    for same in told.values():
        yield from same[:_MOST_TOLD]
        if more := same[_MOST_TOLD:]:
            texts = "another text" if len(more) == 1 else f"{len(more)} more texts"
            said = f"as the {_MOST_TOLD} above, {texts} of this file from here on"
            yield Problem(more[0].where, more[0].code, said, "'intimacy-kit translate status' counts them")


def _not_done(one: Match, entry: Entry, file: str, language: str) -> Problem:
    code, said, hint, keyword = _STATES[one.state]
    if one.safety:
        code, said = "K815", f"'{one.said.context}' is safety text, and {said}"
        hint = f"{hint}; without it nobody is shown this activity in '{language}'"
    return Problem(entry.where(file, keyword), code, said, hint)


_STATES = {
    State.MISSING: ("K805", "there are no words yet", "write them between the quotation marks", "msgstr"),
    State.CHANGED: (
        "K807",
        "the original says something else now",
        f"{_EXTRACT}; it shows both, and what is left of your words",
        "msgid",
    ),
    State.UNSURE: (
        "K808",
        "this is marked as fuzzy: nobody is sure of it",
        "compare it with the original, then take the word fuzzy out",
        "msgstr",
    ),
}
