"""One compiled pack: from the bytes of a ``pack.json`` to a value, or to all that is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from intimacy_kit.content.packs import MOST_PARTS, Pack, is_release, release
from intimacy_kit.content.vocabulary import FORMAT
from intimacy_kit.errors import InvalidPackError, InvalidValueError
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.overlays import ReadOverlay, asked_for, overlay_file, read_overlay, with_overlays
from intimacy_kit.loading.positions import Positions
from intimacy_kit.loading.preflight import CONTENT, preflight
from intimacy_kit.loading.reading import pack_from, refused_parts
from intimacy_kit.loading.references import check_references
from intimacy_kit.problems import Problem, Where

__all__ = ["MANIFEST", "PACK_FILE", "ReadPack", "kit_release", "load_pack", "read_document", "read_pack"]

#: The compiled pack, at the top of the package that the entry point names.
PACK_FILE = "pack.json"

#: The file that makes a folder the sources of a pack.
MANIFEST = "intimacy-pack.yaml"

#: No format will ever be so high; a number of 5,000 digits is wrong, and Python refuses to write it out.
_NO_FORMAT = 10**6

#: Of one compiled pack no more is told than this; whoever writes it finds the rest by checking its sources.
_MOST_TOLD = 100


@frozen
class ReadPack:
    """What reading gives: a whole pack, or none and all that is wrong with it."""

    #: The pack; None where there is any problem.
    pack: Pack | None
    #: All problems; empty where there is a pack.
    problems: tuple[Problem, ...] = ()


def kit_release() -> str:
    """Return the release of the kit that is running; nothing where it was not installed."""
    from importlib_metadata import PackageNotFoundError, version  # noqa: PLC0415 - only needed to load packs

    try:
        return version("intimacy-kit")
    except PackageNotFoundError:
        return ""


def read_pack(data: bytes, file: str = PACK_FILE, *, kit: str = "") -> ReadPack:
    """Read the bytes of a compiled pack; *kit* is the release it has to work with.

    >>> read_pack(b"{}", "pack.json").problems[0].code
    'K101'
    """
    checked = preflight(data, file, CONTENT)
    if checked.problems:
        return ReadPack(None, checked.problems)
    read = read_document(checked.document, file, kit=kit)
    if not read.problems:
        return read
    positions = Positions.of(checked.text, [problem.where.pointer for problem in read.problems])
    return ReadPack(None, tuple(sorted(_placed(problem, positions) for problem in read.problems)))


def _placed(problem: Problem, positions: Positions) -> Problem:
    where = positions.where(problem.where.pointer, problem.where.file)
    return evolve(problem, where=where)


def read_document(document: object, file: str = PACK_FILE, *, kit: str = "") -> ReadPack:
    """Read a compiled pack that was parsed already; problems have pointers, and no lines."""
    if too_new := _too_new(document, file, kit):
        return ReadPack(None, (too_new,))
    try:
        return _read(document, file)
    except RecursionError:  # it did not come through pre-flight
        return ReadPack(None, (Problem(Where(file), "K006", "values stand inside each other too deep"),))


def _read(document: object, file: str) -> ReadPack:
    try:
        pack = pack_from(document)
    except InvalidValueError as error:
        problems = _explained(document, file)
        # The schema and the values say the same (a property test); should they ever not, nothing broken gets in.
        return ReadPack(None, problems or (Problem(Where(file), "K199", str(error), "please report this"),))
    problems = check_references(pack, file)
    return ReadPack(None, problems) if problems else ReadPack(pack)


def _explained(document: object, file: str) -> tuple[Problem, ...]:
    """Say what is wrong with a document, without going again through the activities that are well."""
    if type(document) is not dict:
        return explain("pack", document, file)
    refused = {
        part: places
        for part, places in refused_parts(document, _MOST_TOLD).items()
        if len(document[part]) <= MOST_PARTS[part]
    }
    smaller = {part: [document[part][place] for place in places] for part, places in refused.items()}
    problems = explain("pack", {**document, **smaller}, file, most=_MOST_TOLD)
    return tuple(sorted(_moved_back(problem, refused) for problem in problems))


def _moved_back(problem: Problem, refused: Mapping[str, Sequence[int]]) -> Problem:
    """Return a problem with the place that a part has in the whole document."""
    match problem.where.pointer.split("/", 3):
        case ["", part, place, *rest] if part in refused:
            pointer = "/".join(["", part, str(refused[part][int(place)]), *rest])
            return evolve(problem, where=evolve(problem.where, pointer=pointer))
        case _:
            return problem


def _too_new(document: object, file: str, kit: str) -> Problem | None:
    """Say which kit is needed, before anything else is said about a document of tomorrow."""
    if type(document) is not dict:
        return None
    form, needed = document.get("format"), document.get("requires_kit")
    advice = f"it needs intimacy-kit {needed} or newer" if is_release(needed) else "upgrade intimacy-kit"
    if type(form) is int and FORMAT < form < _NO_FORMAT:
        said = f"the pack is in format {form}, this kit reads format {FORMAT}"
        return Problem(Where(file, pointer="/format"), "K309", said, advice)
    if kit and type(needed) is str and is_release(needed) and release(kit) < release(needed):
        return Problem(Where(file, pointer="/requires_kit"), "K311", f"this is intimacy-kit {kit}", advice)
    return None


def load_pack(path: str | Path, *, languages: Iterable[str] | None = None) -> Pack:
    """Load one compiled pack that need not be installed: its ``pack.json``, or a folder that holds it.

    The folder may be that of the sources, with ``src/<package>/pack.json`` in it. The translations that the pack
    says it has lie beside it: ``pack.es.json``; of these, only those are read that some *languages* may fall back to,
    or all.
    Raises InvalidPackError with all problems where it, or one of its translations, cannot be used.
    """
    place = Path(path)
    files = [place] if place.is_file() else [*place.glob(PACK_FILE), *sorted(place.glob(f"src/*/{PACK_FILE}"))]
    if not files:
        hint = "run 'intimacy-kit build' in a folder of sources"
        raise InvalidPackError(str(path), (Problem(Where(str(path)), "K304", f"there is no {PACK_FILE} here", hint),))
    read = read_pack(files[0].read_bytes(), str(files[0]), kit=kit_release())
    if read.pack is None:
        raise InvalidPackError(str(path), read.problems)
    overlays = [_overlay(files[0].parent, read.pack, language) for language in asked_for(read.pack, languages)]
    if problems := [problem for overlay in overlays for problem in overlay.problems]:
        raise InvalidPackError(str(path), tuple(problems))
    return with_overlays(read.pack, [one.overlay for one in overlays if one.overlay])


def _overlay(folder: Path, pack: Pack, language: str) -> ReadOverlay:
    file = folder / overlay_file(language)
    try:
        return read_overlay(file.read_bytes(), str(file), pack, language)
    except FileNotFoundError:
        said = f"the pack says it speaks '{language}', and there is no {file.name} beside it"
        hint = "run 'intimacy-kit build' in the folder of its sources, and copy all files"
        return ReadOverlay(None, (Problem(Where(str(file)), "K304", said, hint),))
