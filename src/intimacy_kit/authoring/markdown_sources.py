"""Reading stories and guides: a YAML head, and prose in a small part of Markdown.

In a story, ``## slug`` begins a scene, and a list of links at its end holds the choices:
``- [Finish the bow](#bow)``. Paragraphs may hold ``*emphasis*`` and ``**strong**`` words.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve
from markdown_it import MarkdownIt
from markdown_it.token import Token

from intimacy_kit.authoring.sources import Place, Source
from intimacy_kit.authoring.yaml_sources import parse_yaml, read_text
from intimacy_kit.loading.preflight import bad_character
from intimacy_kit.problems import Problem, Where

__all__ = ["read_guide", "read_story"]

_FENCE = "---"
_INLINE = {"text", "softbreak", "em_open", "em_close", "strong_open", "strong_close"}


def read_guide(root: Path, file: str) -> Source:
    """Read a guide: its head, and its paragraphs as ``answer``."""
    head, body, first_line = _split(root, file)
    if head.document is None or not isinstance(head.document, dict):
        return head
    reader = _Prose(file, first_line)
    answer = [reader.paragraph(token, f"/answer/{n}") for n, token in enumerate(reader.paragraphs_only(body))]
    return reader.joined(head, {"answer": answer} if answer else {})


def read_story(root: Path, file: str) -> Source:
    """Read a story: its head, and its text as ``scenes``."""
    head, body, first_line = _split(root, file)
    if head.document is None or not isinstance(head.document, dict):
        return head
    reader = _Prose(file, first_line)
    scenes = reader.scenes(body)
    return reader.joined(head, {"scenes": scenes} if scenes else {})


def _split(root: Path, file: str) -> tuple[Source, str, int]:
    """Return the head, the text below it, and the line on which that begins."""
    text, problems = read_text(root, file)
    if problems:
        return Source(file, None, problems=problems), "", 1
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:  # noqa: PLR2004 - one above, one below
        hint = "the file begins with a line of ---, the fields, and another line of ---"
        return Source(file, None, problems=(Problem(Where(file, 1, 1), "K404", "there is no head", hint),)), "", 1
    head = parse_yaml("\n".join(lines[1 : fences[1]]) + "\n", file, first_line=2)
    if head.document is None and not head.problems:
        head = evolve(head, problems=(Problem(Where(file, 1, 1), "K404", "the head is empty", "it needs an id"),))
    return head, "\n".join(lines[fences[1] + 1 :]), fences[1] + 2


class _Prose:
    """Reads the text below a head, and collects what is wrong with it."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def joined(self, head: Source, body: dict[str, Any]) -> Source:
        """Return head and text as one source."""
        document = {**head.document, **body}  # type: ignore[dict-item]  # the caller saw that it is a dict
        problems = (*head.problems, *self.problems)
        return evolve(head, document=document, places={**head.places, **self.places}, problems=problems)

    def paragraphs_only(self, body: str) -> Iterator[Token]:
        """Give the paragraphs; anything else is a problem."""
        for kind, token in self._blocks(body):
            if kind == "paragraph":
                yield token
            else:
                self._problem(token, f"a guide holds paragraphs only, this is a {kind}", "write it as a paragraph")

    def scenes(self, body: str) -> list[dict[str, Any]]:
        """Return the scenes of a story."""
        scenes: list[dict[str, Any]] = []
        for kind, token in self._blocks(body):
            pointer = f"/scenes/{len(scenes) - 1}"
            if kind == "scene":
                self.places[f"/scenes/{len(scenes)}"] = self.places[f"/scenes/{len(scenes)}/id"] = self._place(token)
                scenes.append({"id": token.content.strip(), "paragraphs": []})
            elif not scenes:
                self._problem(token, "the text begins without a scene", "put '## beginning' above it")
                return []
            elif kind == "paragraph" and "choices" not in scenes[-1]:
                paragraphs = scenes[-1]["paragraphs"]
                paragraphs.append(self.paragraph(token, f"{pointer}/paragraphs/{len(paragraphs)}"))
            elif kind == "choice":
                choices = scenes[-1].setdefault("choices", [])
                choices.append(self._choice(token, f"{pointer}/choices/{len(choices)}"))
            else:
                said = f"in a story this {kind} cannot stand here"
                self._problem(token, said, "a scene is a '## slug', paragraphs, and a list of choices at its end")
        return scenes

    def paragraph(self, token: Token, pointer: str) -> str:
        """Return the text of a paragraph."""
        self.places[pointer] = self._place(token)
        for part in token.children or ():
            if part.type not in _INLINE:
                kind = part.type.removesuffix("_open").replace("_", " ")
                self._problem(token, f"a paragraph cannot hold this: {kind}", "words, *emphasis* and **strong** words")
                break
        text = " ".join(line.strip() for line in token.content.split("\n"))
        if name := bad_character(text):
            self._problem(token, f"the text holds the character {name}, which cannot be seen", "take it out", "K009")
        return text

    def _choice(self, token: Token, pointer: str) -> dict[str, str]:
        self.places[pointer] = self.places[f"{pointer}/to"] = self._place(token)
        match token.children:
            case [Token(type="link_open") as link, *words, Token(type="link_close")] if words:
                text = "".join(part.content for part in words)
                return {"text": text, "to": str(link.attrs.get("href", "")).removeprefix("#")}
            case _:
                self._problem(token, "a choice is one link", "such as - [Let go of the lace](#lace)")
                return {"text": token.content, "to": "unknown"}

    def _blocks(self, body: str) -> Iterator[tuple[str, Token]]:
        """Give the blocks of a text: scene, paragraph, choice, or what else it is."""
        tokens = iter(MarkdownIt("commonmark", {"html": False}).parse(body))
        in_list = False
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "bullet_list_close":
                    in_list = token.type == "bullet_list_open"
                case "heading_open":
                    kind = "scene" if token.tag == "h2" else f"heading of level {token.tag[1:]}"
                    yield kind, next(tokens)
                case "inline":
                    yield ("choice" if in_list else "paragraph"), token
                case "paragraph_open" | "paragraph_close" | "heading_close" | "list_item_open" | "list_item_close":
                    pass
                case other:
                    if token.nesting >= 0:
                        yield other.removesuffix("_open").replace("_", " "), token

    def _place(self, token: Token) -> Place:
        return (token.map[0] if token.map else 0) + self.first_line, 1

    def _problem(self, token: Token, said: str, hint: str, code: str = "K405") -> None:
        self.problems.append(Problem(Where(self.file, *self._place(token)), code, said, hint))
