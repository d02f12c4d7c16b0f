"""Importing a spreadsheet into a pack: what it gives is worked out first, and then written, all at once."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve, field, frozen

from intimacy_kit.authoring.importing.csv_tables import read_csv
from intimacy_kit.authoring.importing.drafts import Defaults, Draft, drafts_of
from intimacy_kit.authoring.importing.judging import explained
from intimacy_kit.authoring.importing.known import known_in, sorted_out
from intimacy_kit.authoring.importing.layout import Layout, laid_out
from intimacy_kit.authoring.importing.left_over import free_name, left_over_csv, left_over_xlsx
from intimacy_kit.authoring.importing.opening import with_gates
from intimacy_kit.authoring.importing.tables import Table
from intimacy_kit.authoring.importing.xlsx_tables import is_workbook, read_xlsx
from intimacy_kit.authoring.importing.yaml_prompts import yaml_prompts
from intimacy_kit.authoring.starting.naming import slug_of
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.problems import Problem, Where

__all__ = ["Imported", "import_file", "read_table", "write"]

_FOLDER = "prompts"
#: So large may a file be, in bytes.
_LARGEST = 32 * 1024 * 1024
#: So many prompts may stand in one source.
_MOST_IN_A_FILE = 1000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SCHEMA_LINE = "# yaml-language-server: "
#: How the codes of proofs begin.
_PROOFS = "K5"
#: What is no source, and may be large.
_NOT_COPIED = (".git", ".venv", "venv", "node_modules", "dist", "build", "__pycache__")


@frozen
class Imported:
    """What a spreadsheet gives, before anything of it is written."""

    table: Table
    layout: Layout
    #: What a row means where it says nothing.
    defaults: Defaults
    #: The rows that become prompts.
    taken: tuple[Draft, ...] = ()
    #: The rows that are in the pack already.
    there: tuple[Draft, ...] = ()
    #: The rows that cannot be taken; each says why.
    left: tuple[Draft, ...] = ()
    #: The text of each source that will be written, by its place in the pack.
    sources: Mapping[str, str] = field(factory=dict, repr=False)
    #: What checking says about the prompts that are taken, at their rows; and the place of each in its source.
    style: tuple[tuple[Problem, Problem], ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of rows and columns."""
        rows = [problem for draft in self.left for problem in draft.problems]
        return tuple(sorted([*self.layout.problems, *rows, *(problem for problem, _ in self.style)]))


def read_table(path: Path, sheet: str = "") -> Table:
    """Read a CSV file or an Excel workbook, whatever it is called; *sheet* is the one of a workbook.

    Raises KitError for a file of another kind, for one that is too large, and for a sheet that is not there.
    """
    if path.stat().st_size > _LARGEST:
        raise KitError(f"'{path}' is larger than {_LARGEST // 1024 // 1024} MB; copy the rows you mean into a new file")
    data = path.read_bytes()
    if is_workbook(data):
        return read_xlsx(data, path.name, sheet)
    if data.startswith(_OLD_EXCEL):
        raise KitError(f"'{path}' is an old Excel file, or one with a password; save it as .xlsx, without a password")
    if data.startswith(b"PK") or b"\0\0\0" in data[:4000]:
        raise KitError(f"'{path}' is neither CSV nor .xlsx; save it as one of these")
    if sheet:
        raise KitError(f"'{path}' is CSV, and has no sheet '{sheet}'; leave --sheet out")
    return read_csv(data, path.name)


def import_file(
    path: Path,
    root: Path,
    *,
    sheet: str = "",
    defaults: Defaults | None = None,
    without: Collection[str] = (),
    beside: Iterable[Pack] = (),
) -> Imported:
    """Work out what a spreadsheet gives to the pack in a folder; nothing is written.

    Raises KitError where the file cannot be read at all, or the folder is that of no pack.
    """
    known = known_in(root)
    table = read_table(path, sheet)
    layout, defaults = laid_out(table, without), defaults or Defaults()
    imported = Imported(table, layout, defaults)
    if not layout.of("text"):
        return imported
    drafts = drafts_of(table, layout, defaults, known.language)
    new, there = sorted_out(table, layout, drafts, known)
    judged = explained(table, layout, new)
    well = tuple(with_gates((draft for draft in judged if not draft.problems), known.activities))
    left = tuple(draft for draft in judged if draft.problems)
    imported = evolve(imported, there=tuple(there), left=left)
    if layout.problems:  # what a column means is not known: then nobody knows what its rows are
        return imported
    sources = dict(_sources(path, root, well))
    style = tuple(_style(imported, well, root, sources, beside)) if well else ()
    return evolve(imported, taken=well, sources=sources, style=style)


def write(imported: Imported, path: Path, root: Path, *, beside_it: bool = True) -> Path | None:
    """Write the sources, and the rows that are left over beside the spreadsheet; return where those are.

    No file is ever written over; where one cannot be written, none of them stays.
    """
    files: dict[Path, bytes] = {root / name: text.encode() for name, text in imported.sources.items()}
    rest = None
    if imported.left and beside_it and not imported.layout.problems:
        rest = free_name(path)
        made = left_over_xlsx if imported.table.sheet else left_over_csv
        files[rest] = made(imported.table, imported.layout, imported.left)
    written: list[Path] = []
    try:
        for place, data in files.items():
            place.parent.mkdir(exist_ok=True)
            with place.open("xb") as file:
                written.append(place)
                file.write(data)
    except BaseException:
        for place in written:
            place.unlink(missing_ok=True)
        raise
    return rest


def _sources(path: Path, root: Path, drafts: tuple[Draft, ...]) -> Iterator[tuple[str, str]]:
    """Give name and text of each source; not too many prompts in one of them."""
    stem = slug_of(path.stem.replace(".left-over", "")) or "imported"
    head = [*_schema_line(root), f"From {path.name}."]
    number = 1
    for begin in range(0, len(drafts), _MOST_IN_A_FILE):
        while (root / (name := _name(stem, number))).exists():
            number += 1
        number += 1
        some = drafts[begin : begin + _MOST_IN_A_FILE]
        yield name, yaml_prompts([(draft.prompt, draft.comments) for draft in some], head)


def _name(stem: str, number: int) -> str:
    return f"{_FOLDER}/{stem}.yaml" if number == 1 else f"{_FOLDER}/{stem}-{number}.yaml"


def _schema_line(root: Path) -> Iterator[str]:
    """Give the line that tells an editor the schema, as the other sources of the pack have it."""
    for path in sorted((root / _FOLDER).glob("*.yaml")):
        first = path.read_text("utf-8").partition("\n")[0]
        if first.startswith(_SCHEMA_LINE):
            yield first.removeprefix("# ")
            return
    if (root / ".schemas").is_dir():
        yield "yaml-language-server: $schema=../.schemas/prompts.schema.json"


def _style(
    imported: Imported, taken: Sequence[Draft], root: Path, sources: Mapping[str, str], beside: Iterable[Pack]
) -> Iterator[tuple[Problem, Problem]]:
    """Give what checking the pack with the new sources says about these: at the row, and at the place in the source."""
    from intimacy_kit.authoring.checking import check  # noqa: PLC0415 - it needs all there is

    with TemporaryDirectory(prefix="intimacy-kit-") as place:
        copy = Path(place) / "pack"
        shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(*_NOT_COPIED))
        for name, text in sources.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_text(text, "utf-8", newline="\n")
        problems = check(copy, beside).problems
    rows = {name: taken[place * _MOST_IN_A_FILE :] for place, name in enumerate(sources)}
    said: set[str] = set()
    for problem in problems:
        # What is proved is about the whole pack: once is enough, at the first row of those it is about.
        again = problem.code.startswith(_PROOFS) and problem.message in said
        said.add(problem.message)
        if problem.where.file in sources and not again:
            yield _at_its_row(imported, problem, rows[problem.where.file]), problem


def _at_its_row(imported: Imported, problem: Problem, drafts: Sequence[Draft]) -> Problem:
    """Return a problem of a source, now at the cell that it comes from."""
    match problem.where.pointer.split("/"):
        case ["", "prompts", place, *rest]:
            row = drafts[int(place)].row.number
        case _:  # it is about the file as a whole
            row, rest = imported.layout.heading_row or 1, []
    found = next((columns for name in reversed(rest) if (columns := imported.layout.of(name))), ())
    column = (found or imported.layout.of("text"))[0].place
    return evolve(problem, where=Where(imported.table.file, row, column + 1))
