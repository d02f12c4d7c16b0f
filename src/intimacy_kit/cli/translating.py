"""``intimacy-kit translate``: files for translators, how far they have come, and the overlays made from them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from attrs import asdict
from rich.table import Table

from intimacy_kit.authoring.building import Built, compile_pack, compiled_path, stale
from intimacy_kit.authoring.languages.compiling import compile_overlays, write_overlays
from intimacy_kit.authoring.languages.extracting import Extracted, Template, extract, template_file
from intimacy_kit.authoring.languages.matching import FOLDER, po_file, po_files
from intimacy_kit.authoring.languages.pseudo import pseudo_overlays
from intimacy_kit.authoring.languages.status import Status, status
from intimacy_kit.authoring.languages.tags import wrong_with_tag
from intimacy_kit.cli.given import tell, terminal
from intimacy_kit.cli.text import plain
from intimacy_kit.content.languages import PSEUDO, PSEUDO_RIGHT_TO_LEFT, is_pseudo
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE

__all__ = ["translate_command"]

_FOLDER = click.Path(exists=True, path_type=Path)


_HELP = """Bring a pack into other languages.

\b
Begin or go on:    intimacy-kit translate extract my-pack es
How far it is:     intimacy-kit translate status my-pack
Into the pack:     intimacy-kit build my-pack
Try an app:        intimacy-kit translate pseudo my-pack pseudo-pack

The words stand in locale/es.po, which every translation tool opens. A language is shipped once 'languages' in
intimacy-pack.yaml lists it; until then it is work in progress.
"""


@click.group("translate", help=_HELP, short_help="Bring a pack into other languages.")
def translate_command() -> None:
    """Hold what brings a pack into other languages."""


@translate_command.command("extract", short_help="Write or update the files for translators.")
@click.argument("folder", type=_FOLDER)
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
def extract_command(folder: Path, languages: tuple[str, ...]) -> None:
    """Write or update locale/LANGUAGE.po in the FOLDER of a pack's sources.

    New texts are added without words; words whose original has changed are kept and marked as fuzzy; words of texts
    that are gone stay at the end of the file. Without LANGUAGE, all files there are (and all languages the pack
    lists) are updated. Running it twice changes nothing.
    """
    root, built, pack = _compiled(folder)
    if (root / FOLDER).is_symlink():
        raise KitError(f"'{root / FOLDER}' is a link; a pack holds its own files")
    wanted = tuple(dict.fromkeys(languages)) or tuple(dict.fromkeys([*pack.languages[1:], *_begun(root, pack)]))
    if not wanted:
        raise KitError(f"no language is named, and none was begun; such as: intimacy-kit translate extract {folder} es")
    for language in wanted:
        _refuse(language, pack)
    template = Template.of(pack, built.placed)
    made = {language: extract(root, template, language) for language in wanted}
    if problems := [problem for one in made.values() for problem in one.problems]:
        tell(problems, root)
    (root / FOLDER).mkdir(exist_ok=True)
    (root / template_file(pack)).write_text(template.text(), "utf-8", newline="\n")
    paths = {language: root / po_file(language) for language in made}
    before = {language: path.read_text("utf-8") if path.is_file() else None for language, path in paths.items()}
    for language, one in made.items():
        if before[language] != one.text:
            paths[language].write_text(one.text, "utf-8", newline="\n")
        click.echo(f"{paths[language]}: {_what_changed(one, before[language], len(template.entries))}")
    _tell_drafts([language for language in made if before[language] is None], pack)


def _begun(root: Path, pack: Pack) -> list[str]:
    """Return the languages that have a file; one with an odd name is for ``check`` to tell."""
    return [tag for tag in po_files(root) if not wrong_with_tag(tag) and tag != pack.languages[0]]


def _refuse(language: str, pack: Pack) -> None:
    """Refuse what cannot be translated into."""
    if is_pseudo(language):
        raise KitError(f"'{language}' is for testing; 'intimacy-kit translate pseudo' makes a pack in it")
    if wrong := wrong_with_tag(language):
        raise KitError(f"{wrong.said}; {wrong.hint}")
    if language == pack.languages[0]:
        raise KitError(f"the pack is written in '{language}'; name another language")


def _what_changed(one: Extracted, before: str | None, texts: int) -> str:
    if before is None:
        return f"new, {_so_many(texts, 'text')} to translate, each at its msgstr"
    if before == one.text:
        return "nothing has changed"
    parts = [
        f"{number} {what}"
        for number, what in ((one.new, "new"), (one.changed, "to look at again (fuzzy)"), (one.gone, "gone"))
        if number
    ]
    return ", ".join(parts) or "updated, all words as they were"


def _tell_drafts(begun: Sequence[str], pack: Pack) -> None:
    """Say how what was begun is shipped."""
    drafts = [language for language in begun if language not in pack.languages]
    if drafts:
        these = " and ".join(f"'{language}'" for language in drafts)
        listed = ", ".join([*pack.languages, *drafts])
        verb, them = ("is", "it") if len(drafts) == 1 else ("are", "them")
        click.echo(f"{these} {verb} work in progress; to ship {them}, write languages: [{listed}] in {MANIFEST}")


@translate_command.command("status", short_help="Say how far each language has come.")
@click.argument("folder", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
def status_command(folder: Path, form: str) -> None:
    """Say how far each language of the pack in FOLDER has come: texts, percent, words left, and the safety text.

    Safety text is what people must be able to read before they begin, or when it goes wrong; a language is
    shipped with all of it.
    """
    root, _, pack = _compiled(folder)
    found = tuple(status(root, pack))
    if form == "json":
        document = {"pack": pack.name, "written_in": pack.languages[0], "languages": [_document(one) for one in found]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo(
            f"{pack.name} speaks '{pack.languages[0]}' only; to begin: intimacy-kit translate extract {folder} es"
        )
        return
    _show(found)
    if problems := [problem for one in found for problem in one.problems]:
        click.echo()
        tell(problems, root)


def _document(one: Status) -> dict[str, Any]:
    said = asdict(one, filter=lambda attribute, _: attribute.name != "problems")
    return {**said, "percent": one.percent, "problems": [str(problem) for problem in one.problems]}


def _show(found: Sequence[Status]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    table.add_column("language", no_wrap=True)
    table.add_column("", no_wrap=True)
    for name in ("translated", "", "missing", "stale", "words left"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("safety", no_wrap=True)
    for one in found:
        safe = one.safe == one.safety
        cells = (
            plain(one.language, "bold"),
            plain("shipped" if one.shipped else "in progress", "" if one.shipped else "dim"),
            plain(f"{one.translated} of {one.texts}"),
            plain(f"{one.percent}%"),
            plain(one.missing),
            plain(one.stale),
            plain(one.words_left),
            plain("complete" if safe else f"{one.safe} of {one.safety}", "green" if safe else "red"),
        )
        table.add_row(*cells)
    terminal().print(table)


@translate_command.command("compile", short_help="Make the overlays that apps read.")
@click.argument("folder", type=_FOLDER)
def compile_command(folder: Path) -> None:
    """Make pack.LANGUAGE.json beside the pack.json, for each language that the pack in FOLDER ships.

    'intimacy-kit build' does the same and the pack.json too. Missing and fuzzy words are left out: there people see
    the original.
    """
    root, built, pack = _compiled(folder)
    found = [one for one in status(root, pack) if one.shipped]
    if not found:
        click.echo(f"{pack.name} ships no other language; 'languages' in {MANIFEST} lists those it ships")
    if problems := [problem for one in found for problem in one.problems]:
        tell(problems, root)
    path = compiled_path(root, pack)
    if not path.resolve().is_relative_to(root.resolve()):
        raise KitError(f"'{path}' leads out of the pack by a link; a pack holds its own files")
    path.parent.mkdir(parents=True, exist_ok=True)
    overlays = compile_overlays(root, pack)
    write_overlays(path.parent, overlays)
    for name, one in zip(overlays, found, strict=True):
        lacks = one.safety - one.safe
        safe = f"; {_so_many(lacks, 'safety text')} missing: what they belong to stays in '{pack.languages[0]}'"
        click.echo(f"{path.parent / name}: {one.translated} of {_so_many(one.texts, 'text')}{safe if lacks else ''}")
    if stale(root, built):
        click.echo(f"{path} is not what the sources give now; run 'intimacy-kit build {folder}' too")


@translate_command.command("pseudo", short_help="Make a copy of a pack to test an app with.")
@click.argument("folder", type=_FOLDER)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def pseudo_command(folder: Path, out: Path) -> None:
    """Make a copy of the pack in FOLDER that speaks two languages nobody speaks, in the folder OUT.

    en-XA is longer and full of accents, ar-XB runs from right to left; both stand in brackets, so that what is cut
    off shows. What an app still shows in plain letters is not from the pack. The pack itself is not touched.
    """
    root, built, pack = _compiled(folder)
    if out.resolve().is_relative_to(root.resolve()):
        raise KitError(f"'{out}' lies in the pack, and would be shipped with it; name a folder elsewhere")
    listed, overlays = pseudo_overlays(pack)
    out.mkdir(parents=True, exist_ok=True)
    document = {**json.loads(built.data), "languages": list(listed.languages)}
    (out / PACK_FILE).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    write_overlays(out, overlays)
    click.echo(f"{out / PACK_FILE}: {pack.name} in '{PSEUDO}' and '{PSEUDO_RIGHT_TO_LEFT}', for testing only")
    click.echo(f"In an app: load_pack('{out}'), and ask for these languages.")


def _compiled(folder: Path) -> tuple[Path, Built, Pack]:
    """Return the folder of the sources, and the pack in it; exit with all problems where it cannot be read."""
    root = folder.parent if folder.name == MANIFEST else folder
    if not (root / MANIFEST).is_file():
        raise KitError(f"'{folder}' is not the folder of a pack's sources; there is no {MANIFEST} in it")
    built = compile_pack(root)
    if built.pack is None:
        tell(built.problems, root)
    return root, built, built.pack


def _so_many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
