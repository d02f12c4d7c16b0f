"""What is printed about a spreadsheet: what was understood, what is wrong at which cell, and what became of it."""

from collections.abc import Iterator
from pathlib import Path

from intimacy_kit.authoring.importing.layout import Column
from intimacy_kit.authoring.importing.spreadsheets import Imported
from intimacy_kit.authoring.importing.tables import Row, letters, shown

__all__ = ["outcome", "problem_lines", "understood"]

#: So much of a cell is shown as an example, in characters, and so many of them.
_EXAMPLE = 24
_EXAMPLES = 2
_HEADING = 20
#: So much of a cell is shown with what is wrong with it.
_LONGEST_CELL = 90


def understood(imported: Imported) -> Iterator[str]:
    """Give the lines that say how the file was read, and what each column gives."""
    table, layout = imported.table, imported.layout
    sheet = f", sheet '{table.sheet}'" if table.sheet else ""
    below = f" below the headings in row {layout.heading_row}" if layout.heading_row else ""
    yield f"{table.file}{sheet}: {_counted(len(layout.rows), 'row')}{below}"
    yield from (f"  - {note}" for note in (*table.notes, *layout.notes))
    yield ""
    lines = [*(_column(imported, column) for column in layout.columns), *_defaults(imported)]
    if layout.columns:
        width = max(len(first) for first, _, _ in lines)
        for first, second, third in [("column", "gives", "for example"), *lines]:
            yield f"  {first:<{width}}  {second:<9} {third}".rstrip()
        yield ""


def _column(imported: Imported, column: Column) -> tuple[str, str, str]:
    heading = shown(column.heading)
    heading = heading if len(heading) <= _HEADING else f"{heading[: _HEADING - 1]}…"
    name = f"{letters(column.place)}  {heading}"
    if column.why:
        return name, "nothing", f"left out: {column.why}"
    if not column.field:
        return name, "?", "not understood"
    return name, column.field, _examples(imported, column)


def _examples(imported: Imported, column: Column) -> str:
    """Return what the first rows give; for words as they stand, for the rest as it was understood."""
    texts: list[str] = []
    for row in imported.layout.rows:
        text = shown(row.cell(column.place).text)
        text = text if len(text) <= _EXAMPLE else f"{text[: _EXAMPLE - 1]}…"
        if text and text not in texts:
            texts.append(text)
        if len(texts) == _EXAMPLES:
            break
    return "  ·  ".join(texts)


def _defaults(imported: Imported) -> Iterator[tuple[str, str, str]]:
    """Give a line for each field that no column gives, and that every prompt needs."""
    layout, defaults = imported.layout, imported.defaults
    said = {
        "id": "made from the words of each",
        "skills": f"{', '.join(defaults.skills)}: the file does not say",
        "depth": f"{defaults.depth or 1} for every row: the file does not say; add a column 'depth' if some go deeper",
        "minutes": f"{defaults.minutes} for every row: the file does not say",
    }
    yield from (("", name, about) for name, about in said.items() if not layout.of(name))
    if any("requires" in draft.prompt for draft in imported.taken):
        yield "", "requires", "some lighter ones first, made from the depth"


def problem_lines(imported: Imported) -> Iterator[str]:
    """Give the lines that say what is wrong at which cell, with what stands there."""
    rows = {row.number: row for row in imported.table.rows}
    sources = dict(imported.style)
    for problem in imported.problems:
        where = problem.where
        yield f"{where}  {problem.code}  {problem.message}"
        if text := _text_in(rows.get(where.line), where.column - 1):
            yield f"{letters(where.column - 1) + str(where.line):>8} | {text}"
        place = f"it stands in {sources[problem].where} now" if problem in sources else ""
        yield from (f"{'':>8} = {said}" for said in (problem.hint, place) if said)
        yield ""


def _text_in(row: Row | None, column: int) -> str:
    text = " ".join(row.cell(column).text.split()) if row else ""
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def outcome(imported: Imported, root: Path, rest: Path | None, *, dry_run: bool) -> Iterator[str]:
    """Give the lines that say what became of the rows."""
    if imported.layout.problems:
        yield "Nothing was taken: first say what each column holds, as it stands above."
        return
    will = "would be " if dry_run else ""
    places = " and ".join(str(root / name) for name in imported.sources)
    if imported.taken:
        yield f"{_counted(len(imported.taken), 'prompt')} {will}written to {places}"
    else:
        yield "No prompt was written."
    if imported.there:
        yield f"{_counted(len(imported.there), 'row')} in the pack already, and not taken again"
    if imported.left:
        where = f", in {rest}: mend them there, and import that file" if rest else ""
        yield f"{_counted(len(imported.left), 'row')} left over{where}"
    if imported.style:
        rows = {at_row.where.line for at_row, _ in imported.style}
        yield f"{_counted(len(rows), 'row')} taken, with words to look at again: mend them in the source"
    if imported.taken and not dry_run:
        yield "Next: intimacy-kit check" + (f" {root}" if root != Path() else "")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
