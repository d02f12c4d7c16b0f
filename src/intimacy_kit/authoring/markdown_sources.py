"""Reading stories and guides: a YAML head, and prose in a small part of Markdown.

In a story, ``## slug`` begins a scene, and a list of links at its end holds the choices:
``- [Finish the bow](#bow)``. Paragraphs may hold ``*emphasis*`` and ``**strong**`` words.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from intimacy_kit.authoring.sources import Place, Source
from intimacy_kit.authoring.yaml_sources import parse_yaml, read_text
from intimacy_kit.loading.preflight import bad_character, called
from intimacy_kit.problems import Problem, Where

__all__ = ["read_guide", "read_story"]

_FENCE = "---"
_MARKS = {"em": "*", "strong": "**"}

#: A scene, written without the blank that makes it one.
_NO_BLANK = re.compile(r"#{1,6}([A-Za-z][\w-]*)")

#: How a writer calls what Markdown has and a pack has not.
_CALLED = {
    "blockquote": "quotation",
    "bullet_list": "list",
    "code_block": "code block (lines indented by four blanks)",
    "code_inline": "code",
    "em": "emphasis inside emphasis",
    "fence": "code block",
    "hardbreak": "line break (two blanks, or a \\, at the end of a line)",
    "hr": "ruled line",
    "html_block": "piece of HTML",
    "html_inline": "HTML",
    "ordered_list": "numbered list",
    "strong": "emphasis inside emphasis",
}


def read_guide(root: Path, file: str) -> Source:
    """Read a guide: its head, and its paragraphs as ``answer``."""
    head, body, first_line = _split(root, file)
    if not isinstance(head.document, dict):
        return head
    reader = _Prose(file, first_line)
    return reader.joined(head, "answer", reader.paragraphs_only(body))


def read_story(root: Path, file: str) -> Source:
    """Read a story: its head, and its text as ``scenes``."""
    head, body, first_line = _split(root, file)
    if not isinstance(head.document, dict):
        return head
    reader = _Prose(file, first_line)
    return reader.joined(head, "scenes", reader.scenes(body))


def _split(root: Path, file: str) -> tuple[Source, str, int]:
    """Return the head, the text below it, and the line on which that begins."""
    text, problems = read_text(root, file)
    if problems:
        return Source(file, None, problems=problems), "", 1
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:  # noqa: PLR2004 - one above, one below
        said = "the head is not closed" if fences[:1] == [0] else "there is no head"
        hint = "the file begins with a line of ---, the fields, and another line of ---"
        if len(fences) == 2 and not "".join(lines[: fences[0]]).strip():  # noqa: PLR2004 - as above
            said, hint = "above the head stands an empty line", f"let the file begin with line {fences[0] + 1}"
        return Source(file, None, problems=(Problem(Where(file, 1, 1), "K404", said, hint),)), "", 1
    head = parse_yaml("\n".join(lines[1 : fences[1]]) + "\n", file, first_line=2)
    if head.document is None and not head.problems:
        head = evolve(head, problems=(Problem(Where(file, 1, 1), "K404", "the head is empty", "it needs an id"),))
    return evolve(head, text=text), "\n".join(lines[fences[1] + 1 :]), fences[1] + 2


def _heading(node: SyntaxTreeNode) -> str:
    """Return what a heading is: a scene, or something else."""
    if node.markup == "##":
        return "scene"
    return f"heading of level {node.tag[1:]}" if node.markup.startswith("#") else "line under a text"


class _Prose:
    """Reads the text below a head, and collects what is wrong with it."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.lines: list[str] = []
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def joined(self, head: Source, name: str, body: list[Any]) -> Source:
        """Return head and text as one source."""
        document: dict[str, object] = dict(head.fields)
        if name in document:
            hint = "in a story or a guide, write it as text below the head"
            self.problems.append(Problem(head.where(f"/{name}"), "K113", f"'{name}' does not belong here", hint))
        if body:
            document[name] = body
        else:
            self.places[f"/{name}"] = (self.first_line - 1, 1)  # where it would begin: at the line that ends the head
        problems = (*head.problems, *self.problems)
        return evolve(head, document=document, places={**head.places, **self.places}, problems=problems)

    def paragraphs_only(self, body: str) -> list[str]:
        """Return the paragraphs; anything else is a problem."""
        answer: list[str] = []
        for kind, node in self._blocks(body):
            if kind == "paragraph":
                answer.append(self._paragraph(node, f"/answer/{len(answer)}"))
            else:
                called_so = "heading" if kind == "scene" else kind
                self._problem(node, f"a guide holds paragraphs only, this is a {called_so}", "write it as a paragraph")
        return answer

    def scenes(self, body: str) -> list[dict[str, Any]]:
        """Return the scenes of a story."""
        scenes: list[dict[str, Any]] = []
        for kind, node in self._blocks(body):
            pointer = f"/scenes/{len(scenes) - 1}"
            if name := self._scene(kind, node):
                scenes.append({"id": name, "paragraphs": []})
                self._place_scene(node, name, f"/scenes/{len(scenes) - 1}")
            elif not scenes:
                self._problem(node, "the text begins without a scene", "put '## beginning' above it")
                return []
            elif kind == "paragraph" and "choices" not in scenes[-1]:
                paragraphs = scenes[-1]["paragraphs"]
                paragraphs.append(self._paragraph(node, f"{pointer}/paragraphs/{len(paragraphs)}"))
            elif kind == "list":
                choices = scenes[-1].setdefault("choices", [])
                for item in node.children:
                    choices.append(self._choice(item, f"{pointer}/choices/{len(choices)}"))
            elif kind == "paragraph":
                hint = "the choices end a scene: put this above them, or begin a new one with '## name'"
                self._problem(node, "this paragraph stands below the choices", hint)
            else:
                said = f"in a story this {kind} cannot stand here"
                self._problem(node, said, "a scene is a '## name', paragraphs, and a list of choices at its end")
        return scenes

    def _scene(self, kind: str, node: SyntaxTreeNode) -> str:
        """Return the name of the scene that begins here, also where it is nearly written as one; nothing for none."""
        said = str(node.children[0].content) if kind in {"scene", "paragraph"} or kind.startswith("heading") else ""
        if kind == "paragraph":
            meant = _NO_BLANK.fullmatch(said.partition("\n")[0])
            if meant is None:
                return ""
            self._problem(node, "a scene begins with '## ' and its name", f"write '## {meant[1]}', with a blank in it")
            return meant[1]
        if said and kind != "scene":
            self._problem(node, f"a scene begins with two #, and this is a {kind}", f"write '## {said}'")
        return said

    def _place_scene(self, node: SyntaxTreeNode, name: str, pointer: str) -> None:
        self.places[pointer] = self._place(node)
        self.places[f"{pointer}/id"] = self.places[f"{pointer}/choices"] = self._place_of(node, name) or self._place(
            node
        )

    def _blocks(self, body: str) -> Iterator[tuple[str, SyntaxTreeNode]]:
        """Give the blocks of a text: scene, paragraph, list, or what else it is."""
        self.lines = body.split("\n")
        for number, line in enumerate(self.lines):
            if name := bad_character(line.strip(" \t")):
                char = chr(int(name.removeprefix("U+"), 16))
                where = Where(self.file, number + self.first_line, line.index(char) + 1)
                said = f"a text holds the character {called(name)}, which cannot be seen"
                self.problems.append(Problem(where, "K009", said, "take it out", char))
        env: dict[str, Any] = {}
        tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(body, env))
        for found in env.get("references", {}).values():
            where = Where(self.file, found["map"][0] + self.first_line, 1)
            said = "this defines a link and is shown nowhere"
            self.problems.append(Problem(where, "K405", said, "write choices as - [Let go of the lace](#lace)"))
        for node in tree.children:
            yield _heading(node) if node.type == "heading" else _CALLED.get(node.type, node.type), node

    def _paragraph(self, node: SyntaxTreeNode, pointer: str) -> str:
        self.places[pointer] = self._place(node)
        return self._words(node, node.children[0].children)

    def _words(self, block: SyntaxTreeNode, parts: Sequence[SyntaxTreeNode], inside: str = "") -> str:
        """Return what the parts of a paragraph say, with emphasis as stars; anything else is a problem."""
        said = ""
        for part in parts:
            if part.type in _MARKS and not inside:
                mark = _MARKS[part.type]
                said += mark + self._words(block, part.children, mark) + mark
            elif part.type == "softbreak":
                said += " "
            elif part.type != "text":
                kind = _CALLED.get(part.type, part.type)
                hint = "it holds words, *emphasis* and **strong** words"
                self._problem(block, f"a paragraph cannot hold this: {kind}", hint, _as_written(part))
            elif "*" in part.content:
                words = next(word for word in part.content.split() if "*" in word)
                hint = "for *emphasis*; write another sign instead"
                self._problem(block, "a * can only stand around a word", hint, words)
            else:
                said += part.content
        return said.strip()

    def _choice(self, item: SyntaxTreeNode, pointer: str) -> dict[str, str]:
        self.places[pointer] = self.places[f"{pointer}/to"] = self._place(item)
        match [part.children for block in item.children for part in block.children]:
            case [[SyntaxTreeNode(type="link", attrs={"href": str(to), **more}) as link]] if to[:1] == "#" and not more:
                line, column = self._place_of(item, f"]({to}") or (0, 0)
                if line:
                    self.places[f"{pointer}/to"] = line, column + len("](#")
                return {"text": self._words(item, link.children), "to": to[1:]}
            case _:
                self._problem(item, "a choice is one link to a scene", "such as - [Let go of the lace](#lace)")
                return {"text": "unknown", "to": "unknown"}

    def _place(self, node: SyntaxTreeNode) -> Place:
        return (node.map[0] if node.map else 0) + self.first_line, 1

    def _place_of(self, node: SyntaxTreeNode, words: str) -> Place | None:
        """Return where words stand first in a block; None where they do not stand there in these letters."""
        begin, end = node.map or (0, 0)
        for number, line in enumerate(self.lines[begin:end], begin + self.first_line):
            if words and words in line:
                return number, line.index(words) + 1
        return None

    def _problem(self, node: SyntaxTreeNode, said: str, hint: str, words: str = "") -> None:
        place = self._place_of(node, words)
        where = Where(self.file, *(place or self._place(node)))
        self.problems.append(Problem(where, "K405", said, hint, words if place else ""))


def _as_written(part: SyntaxTreeNode) -> str:
    """Return the beginning of what stands in a paragraph and cannot, as it is written there."""
    match part.type:
        case "code_inline":
            return f"{part.markup}{part.content}{part.markup}"
        case "html_inline":
            return str(part.content)
        case "link" | "image":
            said = part.content if part.type == "image" else "".join(str(child.content) for child in part.children)
            return f"{'!' if part.type == 'image' else ''}[{said}]"
        case _:
            return ""
