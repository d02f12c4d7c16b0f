"""Reading a PO file: every entry with its places, and all that is wrong with the file itself."""

import re
from pathlib import Path
from typing import Any

from intimacy_kit.authoring.languages.po_files import Entry, Piece, PoFile
from intimacy_kit.authoring.yaml_sources import read_text
from intimacy_kit.problems import Problem, Where

__all__ = ["parse_po", "read_po"]

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(\[[0-9]+\])?[ \t]*(?=\"|$)")
_QUOTED = re.compile(r"\A\"((?:[^\"\\]|\\.)*)\"[ \t]*")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_COMMENT = re.compile(r"#(?P<gone>~?)(?P<sign>[.:,|]?)[ \t]?(?P<said>.*)")


def read_po(root: Path, file: str) -> PoFile:
    """Read a PO file of a pack."""
    text, problems = read_text(root, file)
    return PoFile(file, problems=problems) if problems else parse_po(text, file)


def parse_po(text: str, file: str) -> PoFile:
    r"""Parse the text of a PO file.

    >>> po = parse_po('msgctxt "title"\nmsgid "Tea"\nmsgstr "Té"\n', "locale/es.po")
    >>> po.entries[0].words, str(po.entries[0].where(po.file))
    ('Té', 'locale/es.po:3:9')
    """
    reader = _Reader(file)
    for number, line in enumerate(text.split("\n"), 1):
        reader.line(number, line.rstrip("\r"))
    reader.end(0)
    return reader.result()


class _Reader:
    """Goes through the lines, and gathers entries and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.head: Entry | None = None
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self.comments: dict[str, list[str]] = {"": [], ".": [], ":": [], ",": [], "|": []}
        self.pieces: dict[str, list[Piece]] = {}
        self.words: dict[str, str] = {}
        self.open = ""  # the keyword that lines of words belong to
        self.gone = False

    def line(self, number: int, line: str) -> None:
        """Take in one line."""
        text = line.strip(" \t")
        indent = len(line) - len(line.lstrip(" \t"))
        if not text:
            self.end(number)
        elif text[0] == "#":
            self._comment(number, text, indent)
        else:
            self._words(number, text, indent)

    def _comment(self, number: int, text: str, indent: int) -> None:
        """Take in a comment; what stands behind ``#~`` is an entry that is gone."""
        comment: Any = _COMMENT.fullmatch(text)
        if comment["gone"] and comment["sign"] != "|":
            if self.words and not self.gone:
                self.end(number)
            self.gone = True
            self._words(number, comment["said"], indent + comment.start("said"))
            return
        if self.words:
            self.end(number)
        self.gone = bool(comment["gone"])
        self.comments[comment["sign"]].append(comment["said"].strip())

    def _words(self, number: int, text: str, indent: int) -> None:
        """Take in a keyword, or more words of the one before."""
        rest, column = text, indent
        if not text.startswith('"') and (keyword := _KEYWORD.match(text)):
            name = keyword[1] + (keyword[2] or "")
            if name == "msgctxt" or (name == "msgid" and "msgid" in self.words):
                gone = self.gone
                if self.words:
                    self.end(number)
                self.gone = gone
            self.open = name
            self.words.setdefault(name, "")
            rest, column = text[keyword.end() :], indent + keyword.end()
        quoted = _QUOTED.fullmatch(rest)
        if not quoted or not self.open:
            self._not_po(number, rest, column)
            return
        written = quoted[1]
        unknown = next((one for one in _ESCAPE.finditer(written) if one[1] not in _ESCAPES), None)
        if unknown:
            place = Where(self.file, number, column + 2 + unknown.start())
            hint = 'a \\ is written twice, a quotation mark as \\" and a line break as \\n'
            self.problems.append(Problem(place, "K801", f"{unknown[0]} stands for nothing here", hint))
        self.pieces.setdefault(self.open, []).append(Piece(len(self.words[self.open]), number, column + 2, written))
        self.words[self.open] += _unescaped(written)

    def _not_po(self, number: int, rest: str, column: int) -> None:
        said, hint = "this is not a line of a PO file", 'words stand between quotation marks: msgstr "..."'
        if rest.startswith('"'):
            closed = rest.rstrip().endswith('"') and len(rest.rstrip()) > 1
            said = "a quotation mark inside the words ends them" if closed else "the quotation mark is not closed"
            hint = 'inside words it is written \\"' if closed else 'each line of words begins and ends with "'
        self.problems.append(Problem(Where(self.file, number, column + 1), "K801", said, hint))

    def end(self, number: int) -> None:
        """Finish an entry, where one was begun."""
        if self.words:
            entry = self._entry()
            if "msgid" not in self.words or not any(name.startswith("msgstr") for name in self.words):
                wanting = "msgstr" if "msgid" in self.words else "msgid"
                place = entry.where(self.file, next(iter(self.words)))
                hint = "every entry has msgctxt, msgid and msgstr; 'intimacy-kit translate extract' writes them"
                self.problems.append(Problem(place, "K801", f"the entry has no {wanting}", hint))
            elif entry.original == "" and entry.context == "":
                self.head = self.head or entry
            else:
                self._keep(entry)
        elif number:
            return  # blank lines between comments and their entry are nobody's business
        self._begin()

    def _entry(self) -> Entry:
        said = {sign: tuple(lines) for sign, lines in self.comments.items()}
        flags = [flag.strip() for line in said[","] for flag in line.split(",")]
        return Entry(
            context=self.words.get("msgctxt", ""),
            original=self.words.get("msgid", ""),
            words=self.words.get("msgstr", ""),
            previous=_previous(said["|"]),
            notes=said[""],
            about=said["."],
            references=said[":"],
            flags=tuple(flag for flag in flags if flag),
            obsolete=self.gone,
            pieces={name: tuple(pieces) for name, pieces in self.pieces.items()},
        )

    def _keep(self, entry: Entry) -> None:
        if "msgid_plural" in self.words or any("[" in name for name in self.words):
            hint = "the texts of a pack count nothing; write one msgid and one msgstr"
            place = entry.where(self.file, next((name for name in self.words if "[" in name), "msgid_plural"))
            self.problems.append(Problem(place, "K817", "the entry has plural forms", hint))
        if not entry.obsolete and entry.context and entry.context in self.seen:
            place = entry.where(self.file, "msgctxt")
            said = f"the text '{entry.context}' stands twice"
            self.problems.append(Problem(place, "K004", said, "keep one of them", entry.context))
        elif not entry.obsolete:
            self.seen.add(entry.context)
        self.entries.append(entry)

    def result(self) -> PoFile:
        """Return what was read."""
        notes = self.head.notes if self.head else ()
        head: list[tuple[str, str]] = []
        for line in (self.head.words if self.head else "").split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                head.append((name.strip(), value.strip()))
        return PoFile(self.file, tuple(head), notes, tuple(self.entries), tuple(self.problems), self.head)


def _unescaped(written: str) -> str:
    return _ESCAPE.sub(lambda one: _ESCAPES.get(one[1], one[1]), written) if "\\" in written else written


def _previous(lines: tuple[str, ...]) -> str:
    """Return the original before this one; what cannot be read of it is left out."""
    said = ""
    for line in lines:
        keyword: Any = _KEYWORD.match(line)
        if keyword and keyword[1] != "msgid":
            continue
        quoted = _QUOTED.fullmatch(line[keyword.end() :] if keyword else line)
        said += _unescaped(quoted[1]) if quoted else ""
    return said
