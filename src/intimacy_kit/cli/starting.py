"""Beginning a pack: what is asked, what is made, and what comes next."""

import getpass
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from intimacy_kit.authoring.starting.beginning import Beginning, refuse_unless_empty
from intimacy_kit.authoring.starting.licences import LICENCES, Licence, licence_named
from intimacy_kit.authoring.starting.naming import slug_of
from intimacy_kit.authoring.starting.tongues import tag_of
from intimacy_kit.cli.text import safe
from intimacy_kit.content.checks import is_slug
from intimacy_kit.errors import KitError
from intimacy_kit.loading.documents import MANIFEST, kit_release
from intimacy_kit.loading.installed import find

__all__ = ["new_command", "schemas_command"]

Answer = TypeVar("Answer")

_NEW = """Begin a pack: a folder with everything a pack needs, and examples to change and to copy.

It asks for a title, your name, the language and the licence. With --title and --author it asks nothing, nor with
--yes, which takes the title from FOLDER and the rest as it usually is. FOLDER is the name of the pack where you do
not give one; it must be empty, or not there yet. Nothing is fetched, and no git is needed.

\b
  intimacy-kit new
  intimacy-kit new evening-talks --title "Evening talks" --author "Ada Lovelace"
  intimacy-kit new tardes --title "Tardes lentas" --author "Ana Ruiz" --language es --licence CC-BY-SA-4.0
"""


@click.command("new", help=_NEW, short_help="Begin a pack: a folder with all it needs, and examples.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--title", help="What people see, such as 'Evening talks'.")
@click.option("--author", help="Your name, or the one you write under.")
@click.option("--language", help="The language you write in, such as en, de, es or pt-BR (default: en).")
@click.option("--licence", "--license", help="What others may do with it (default: CC-BY-4.0).")
@click.option("--name", help="What it is called in folders and ids, for ever (default: made from the title).")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def new_command(
    folder: Path | None,
    title: str | None,
    author: str | None,
    language: str | None,
    licence: str | None,
    name: str | None,
    *,
    yes: bool,
) -> None:
    """Make a pack of what was given and asked."""
    from intimacy_kit.authoring.starting.creating import create  # noqa: PLC0415 - needs the extra

    if folder:
        refuse_unless_empty(folder)
    asking = _at_a_terminal() and not yes and not (title and author)
    title = title or ("" if asking else _title_of(folder))
    author = author or ("" if asking else _author())
    if not asking:
        _refuse_what_is_missing(title, author)
    tongue, under = tag_of(language or "en"), licence_named(licence or LICENCES[0].id)
    if asking:
        click.echo("A new pack. Enter takes what stands in brackets.\n")
        title = title or _asked("Title", _title_of(folder), _line("title"))
        author = author or _asked("Your name", _author(), _line("name"))
        tongue = tongue if language else _asked("Language, such as en, de, es", "en", tag_of)
        under = under if licence else _asked_licence()
    slug = _name(name, title, tongue, folder, asking=asking)
    beginning = Beginning(title.strip(), author.strip(), slug, tongue, under)
    place = folder or Path(slug)
    create(place, beginning)
    if asking:
        click.echo()
    _say_what_next(place, beginning)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _refuse_what_is_missing(title: str, author: str) -> None:
    """Raise KitError where something was not given that nothing but a person can say."""
    missing = [f"--{name}" for name, given in (("title", title), ("author", author)) if not given]
    if missing:
        example = "intimacy-kit new --title 'Evening talks' --author 'Ada Lovelace'"
        raise KitError(f"nobody was asked, and {' and '.join(missing)} is missing; for example: {example}")


def _title_of(folder: Path | None) -> str:
    """Return a title for a folder: Evening talks for evening-talks."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip() if folder else ""
    return words[:1].upper() + words[1:]


def _author() -> str:
    """Return the full name of whoever sits here, where the system knows it."""
    try:
        import pwd  # noqa: PLC0415 - Windows has none

        user = getpass.getuser()
        name = pwd.getpwnam(user).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError, OSError):
        return ""
    return "" if name == user else name


def _line(what: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if not typed.strip():
            raise KitError(f"a {what} is needed")
        return typed.strip()

    return read


def _asked(question: str, default: str, read: Callable[[str], Answer]) -> Answer:
    """Return what was answered; ask again until it can be read."""
    while True:
        typed = click.prompt(safe(question), default=default, show_default=bool(default))
        try:
            return read(typed)
        except KitError as error:
            click.echo(safe(f"  {error}"))


def _asked_licence() -> Licence:
    click.echo("\nWhat may others do with it?")
    for number, licence in enumerate(LICENCES, 1):
        click.echo(f"  {number}  {licence.id:<13} {licence.allows}")

    def read(typed: str) -> Licence:
        numbers = {str(number): licence for number, licence in enumerate(LICENCES, 1)}
        return numbers.get(typed.strip()) or licence_named(typed.strip())

    return _asked("Licence", "1", read)


def _name(given: str | None, title: str, language: str, folder: Path | None, *, asking: bool) -> str:
    """Return the name of the pack: given, or made from its title, or asked for where that cannot be."""
    taken = {found.name for found in find(kit_release())}

    def read(typed: str) -> str:
        if not is_slug(typed):
            near = slug_of(typed, language)
            hint = f"such as '{near}'" if near else "such as 'evening-talks'"
            raise KitError(f"'{typed}' is no name for a folder; plain lower-case letters and digits, {hint}")
        if typed in taken:
            raise KitError(f"a pack called '{typed}' is installed here already; choose another name")
        if folder is None:
            refuse_unless_empty(Path(typed))
        return typed

    made = given or slug_of(title, language)
    try:
        return read(made or _no_letters(title))
    except KitError as error:
        if not asking or given:
            raise
        click.echo(safe(f"\n  {error}"))
        return _asked("Name for its folder, in plain letters", "", read)


def _no_letters(title: str) -> NoReturn:
    raise KitError(f"no name in plain letters can be made from '{title}'; choose one, with --name")


def _say_what_next(place: Path, beginning: Beginning) -> None:
    where = "" if place.name in ("", beginning.name) else f" in {place}"
    what = "two prompts, an exercise, a story and a journey"
    click.echo(safe(f"Created {beginning.name}{where}: {what}, to change and to copy."))
    if beginning.examples_are_foreign:
        said = f"The kit has no examples in '{beginning.language}' yet; these are English."
        click.echo(f"{said} Write your own in their place.")
    steps = [
        (f"cd {shlex.quote(str(place))}", "go into the folder"),
        ("intimacy-kit preview .", "see it as two people would, while you write"),
        ("intimacy-kit check .", "see what is wrong, and what to do about it"),
    ]
    shown = steps[1:] if place.resolve() == Path.cwd() else steps
    width = max(len(command) for command, _ in shown)
    click.echo()
    for command, about in shown:
        click.echo(safe(f"  {command:<{width}}   {about}"))
    click.echo("\nWRITING.md says where what stands, and how to publish it.")


@click.command("schemas", short_help="Renew what an editor knows about the files of a pack.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
def schemas_command(folder: Path) -> None:
    """Renew what an editor knows about the files of a pack: the copy of the schemas in .schemas.

    The first line of each source names one of them, so that an editor shows fields and mistakes while you type, also
    without a network. Run it after a new release of the kit.
    """
    from intimacy_kit.authoring.starting.creating import refresh_schemas  # noqa: PLC0415 - needs the extra

    if not (folder / MANIFEST).is_file():
        raise KitError(f"'{folder}' is not the folder of a pack's sources; name the one that holds {MANIFEST}")
    changed = refresh_schemas(folder)
    were = "was" if changed == 1 else "were"
    click.echo(f"{changed} of the schemas {were} renewed" if changed else "the schemas are up to date")
