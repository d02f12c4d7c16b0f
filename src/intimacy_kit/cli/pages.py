"""Printing a page of Markdown: the page of a code."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from rich.console import Console
from rich.text import Text as RichText

from intimacy_kit.cli.table import WIDTH
from intimacy_kit.cli.text import plain, styled

__all__ = ["show_page"]


class _Code(RichText):
    """A line that is not broken, so that it can be copied as it is."""


def show_page(console: Console, markdown: str) -> None:
    """Print headings, paragraphs and code; the name of a file stands above what is in it."""
    for part in _parts(markdown):
        code = isinstance(part, _Code)
        console.print(part, width=None if code else min(WIDTH, console.width), soft_wrap=code)


def _parts(markdown: str) -> Iterator[RichText]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    for number, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                yield plain(tokens[number + 1].content, "bold cyan" if token.tag == "h1" else "bold")
                yield RichText()
            case "paragraph_open":
                yield styled(tokens[number + 1].content.replace("\n", " ").replace("`", "'"))
                yield RichText()
            case "fence":
                kind, _, file = token.info.partition(" ")
                if name := _above(kind, file):
                    yield plain(f"    {name}", "dim")
                lines = token.content.rstrip("\n").split("\n") if token.content.strip() else ()
                for line in lines:
                    yield _Code(f"    {line}", "" if name else "dim", overflow="ignore", no_wrap=True)
                yield RichText()


def _above(kind: str, file: str) -> str:
    """Return what stands above a piece of code: the name of the file, and what becomes of it; nothing for a command."""
    file = file.removeprefix("../")
    match kind:
        case "edit":
            return f"{file} (lines with - go, lines with + come)"
        case "delete":
            return "without:"
        case "unreadable":
            return "nobody may open:"
        case "link":
            return f"{file}, a link to:"
        case _:
            return file
