"""Importing prompts from a spreadsheet: what was understood, what not, and where the rest is."""

import sys
from pathlib import Path

import click

from intimacy_kit.cli.text import safe
from intimacy_kit.content.vocabulary import DEPTHS, SKILLS
from intimacy_kit.loading.catalog import Catalog

__all__ = ["import_command"]

_IMPORT = """Take prompts from a spreadsheet, CSV or Excel (.xlsx), into a pack.

The first row says what each column holds: text (or prompt, question, Frage, pregunta ...), and if you like id,
skills, depth, minutes, topics, mood, shape, deeper, lighter, repair, solo, after, comment. It shows what it
understood, and says what is wrong at its row and column.

Rows that are well are written to a new file in the folder prompts; no file is written over. Rows that are not are
written to a left-over file beside the spreadsheet, each with what is wrong: mend them there, and import that file.
What is in the pack already is not taken twice.

\b
  intimacy-kit import questions.xlsx --dry-run
  intimacy-kit import questions.xlsx
  intimacy-kit import questions.csv --into evening-talks --depth 2 --minutes 15
"""


@click.command("import", help=_IMPORT, short_help="Take prompts from a spreadsheet into a pack.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder of the pack (default: this one).",
)
@click.option("--sheet", default="", help="The sheet to read (default: the first with headings that is not hidden).")
@click.option("--without", multiple=True, metavar="COLUMN", help="Leave out a column; its heading or its letter.")
@click.option("--depth", type=click.IntRange(min(DEPTHS), max(DEPTHS)), help="For rows that say no depth (default: 1).")
@click.option(
    "--skills",
    type=click.Choice(SKILLS),
    multiple=True,
    metavar="SKILL",
    help="For rows that say no skill (default: conversation).",
)
@click.option("--minutes", type=click.IntRange(1, 240), default=10, help="For rows that say none (default: 10).")
@click.option("--dry-run", is_flag=True, help="Show all this, and write nothing.")
def import_command(
    file: Path,
    root: Path,
    sheet: str,
    without: tuple[str, ...],
    depth: int | None,
    skills: tuple[str, ...],
    minutes: int,
    *,
    dry_run: bool,
) -> None:
    """Import, and say all about it."""
    from intimacy_kit.authoring.importing import spreadsheets  # noqa: PLC0415 - needs the extra
    from intimacy_kit.authoring.importing.drafts import Defaults  # noqa: PLC0415 - as above
    from intimacy_kit.cli import imported as imported_said  # noqa: PLC0415 - as above

    defaults = Defaults(skills or ("conversation",), minutes, depth)
    beside = Catalog.installed().packs
    imported = spreadsheets.import_file(file, root, sheet=sheet, defaults=defaults, without=without, beside=beside)
    rest = None if dry_run else spreadsheets.write(imported, file, root)
    lines = [
        *imported_said.understood(imported),
        *imported_said.problem_lines(imported),
        *imported_said.outcome(imported, root, rest, dry_run=dry_run),
    ]
    click.echo(safe("\n".join(lines)))
    sys.exit(1 if imported.problems else 0)
