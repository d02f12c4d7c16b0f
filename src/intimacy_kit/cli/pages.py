"""Printing a page of Markdown: the page of a code."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text as RichText

from intimacy_kit.cli.table import WIDTH
from intimacy_kit.cli.text import plain, styled

__all__ = ["show_page"]


def show_page(console: Console, markdown: str) -> None:
    """Print headings, paragraphs, lists and code; the name of a file stands above what is in it."""
    for part in _parts(markdown):
        console.print(part, width=min(WIDTH, console.width) if isinstance(part, RichText) else None, soft_wrap=False)


def _parts(markdown: str) -> Iterator[RenderableType]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    bullet = False
    for number, token in enumerate(tokens):
        match token.type:
            case "heading_open":
                yield plain(tokens[number + 1].content, "bold cyan" if token.tag == "h1" else "bold")
                yield RichText()
            case "list_item_open":
                bullet = True
            case "paragraph_open":
                words = styled(tokens[number + 1].content.replace("\n", " ").replace("`", "'"))
                yield plain("- ") + words if bullet else words
                yield RichText()
                bullet = False
            case "fence":
                _, _, file = token.info.partition(" ")
                if file:
                    yield plain(f"    {file}", "dim")
                yield Padding(plain(token.content.rstrip("\n"), "" if file else "dim"), (0, 0, 0, 4))
                yield RichText()
