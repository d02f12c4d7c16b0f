"""Reading the page of a code as its test: the files it lays over the pack ``tea``, the command, and what that says."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import frozen
from authoring.importing.sheets import workbook_of
from markdown_it import MarkdownIt

TEA = Path(__file__).parent / "authoring" / "codes" / "tea"

#: What a console fence begins with.
_PROMPT = "$ intimacy-kit "
#: In a long file: so many times these words.
_TIMES = re.compile(r"\{(\d+) times ([^}]+)\}")
_CODE = re.compile(r"(?:  |: )(K\d{3}) ")


@frozen
class Edit:
    """Lines of a file, and what stands there instead."""

    before: str
    after: str


@frozen
class Unreadable:
    """A file that nobody may read."""


#: What happens to a file: its bytes, the words of a link, an edit; None where it is deleted.
Change = bytes | str | Edit | Unreadable | None


@frozen
class Example:
    """One half of a page: files, and perhaps a command with what it prints."""

    #: Pairs of a file and what happens to it.
    files: tuple[tuple[str, Change], ...]
    #: The arguments of the command; empty where the page has none.
    command: tuple[str, ...]
    #: What the command prints; a line of three dots stands for any lines.
    output: str


@frozen
class Page:
    """A page: what fails, and the same mended."""

    title: str
    fails: Example
    mended: Example


def read_page(text: str) -> Page:
    """Read a page; it has a title, and the headings Fails and Mended, in this order."""
    halves: dict[str, list[tuple[str, str]]] = {}
    title, half = "", ""
    tokens = MarkdownIt("commonmark").parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            said = tokens[number + 1].content
            title, half = (said, half) if token.tag == "h1" else (title, said)
            halves.setdefault(half, [])
        elif token.type == "fence":
            halves[half].append((token.info, token.content))
    return Page(title, _example(halves["Fails"]), _example(halves["Mended"]))


def _marked(mark: str, content: str) -> str:
    """Return the lines that begin with a mark, without it."""
    return "".join(f"{line[2:]}\n" for line in content.splitlines() if line[:1] == mark)


#: Fences that list files, one a line, and what happens to each of them.
_LISTED: dict[str, Change] = {"delete": None, "unreadable": Unreadable()}

#: How a fence that is about one file says what happens to it; any other one is what is in it.
_CHANGES: dict[str, Callable[[str], Change]] = {
    "edit": lambda content: Edit(_marked("-", content), _marked("+", content)),
    "long": lambda content: _TIMES.sub(lambda found: found[2] * int(found[1]), content).encode(),
    "link": str.strip,
    "sheet": workbook_of,
    "bytes": lambda content: content.rstrip("\n").encode("ascii").decode("unicode_escape").encode("latin-1"),
}


def _example(fences: list[tuple[str, str]]) -> Example:
    files: list[tuple[str, Change]] = []
    command: tuple[str, ...] = ()
    output = ""
    for info, content in fences:
        language, _, file = info.partition(" ")
        if language == "console":
            line, _, output = content.partition("\n")
            command = tuple(line.removeprefix(_PROMPT).split())
            assert line.startswith(_PROMPT)
        elif language in _LISTED:
            files += [(line, _LISTED[language]) for line in content.split()]
        elif file:
            files.append((file, _CHANGES.get(language, str.encode)(content)))
    return Example(tuple(files), command, output)


def lay_out(folder: Path, example: Example) -> None:
    """Write the files of an example under the pack in a folder; ``../`` and ``site-packages/`` stand beside it."""
    for file, data in example.files:
        path = folder / file if file.startswith("site-packages/") else folder / "tea" / file
        if data is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            continue
        if isinstance(data, Unreadable):
            path.chmod(0)
            continue
        if isinstance(data, Edit):
            text = path.read_text("utf-8")
            assert text.count(data.before) == 1, data.before
            path.write_text(text.replace(data.before, data.after), "utf-8", newline="\n")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if isinstance(data, str):
            path.symlink_to(data)
        else:
            path.write_bytes(data)


def matches(output: str, expected: str) -> bool:
    """Tell whether an output is what a page shows; a line of three dots stands for any lines."""
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line.strip() == "..." else re.escape(line) + "\n"
        for line in expected.rstrip("\n").split("\n")
    )
    return re.fullmatch(pattern, without_blanks(output)) is not None


def without_blanks(output: str) -> str:
    """Return an output without its empty lines, and without blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in output.split("\n") if line.strip())


def codes_in(output: str) -> Iterator[str]:
    """Give the codes of the problems in an output."""
    return (found[1] for found in _CODE.finditer(output))
