"""One thing wrong with content: where it is, what it is, and what to do about it."""

from attrs import evolve, field, frozen

__all__ = ["Problem", "Where", "pointer_part"]

_JOINERS = "\u200c\u200d"


def pointer_part(key: str | int) -> str:
    """Return one part of a JSON pointer, written as RFC 6901 asks.

    >>> pointer_part("and/or"), pointer_part(3)
    ('/and~1or', '/3')
    """
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


def _one_line(text: str) -> str:
    """Write out whatever would break a line, move the cursor or be invisible."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else c.encode("unicode_escape").decode("ascii") for c in text)


@frozen(order=True)
class Where:
    """The place a problem is about: a file, and a line or a JSON pointer in it.

    >>> print(Where("prompts/light.yaml", 12, 5))
    prompts/light.yaml:12:5
    >>> print(Where("pack.json", pointer="/activities/3/depth"))
    pack.json#/activities/3/depth
    """

    #: A file relative to its pack, or the distribution a pack came in.
    file: str = field(default="", converter=_one_line)
    #: The line, counted from 1; 0 where there is no source to point at.
    line: int = 0
    #: The column in characters, counted from 1; 0 where there is none.
    column: int = 0
    #: A JSON pointer (RFC 6901) into the document; empty for the whole of it.
    pointer: str = ""

    def __str__(self) -> str:
        """Give ``file:line:column``, or ``file#pointer`` where no line is known."""
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}#{_one_line(self.pointer)}" if self.pointer else self.file


@frozen(order=True)
class Problem:
    """One thing wrong with content; a value, never an exception.

    >>> print(Problem(Where("a.yaml", 3, 1), "K102", "'txt' is not a field here", "did you mean 'text'?"))
    a.yaml:3:1: K102 'txt' is not a field here (did you mean 'text'?)
    """

    #: Where it is.
    where: Where
    #: A stable code; ``intimacy-kit explain`` lists them all, and says what to do about each.
    code: str
    #: What is wrong, as one line; names and pack text may stand in it, people's words never.
    message: str = field(converter=_one_line)
    #: What to do about it; empty where the message says it all.
    hint: str = field(default="", converter=_one_line)
    #: The very words it is about, as they stand in the text at that place; empty is all of it.
    part: str = ""

    def __str__(self) -> str:
        """Give the one line that every tool prints."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.code} {self.message}{hint}"

    def within(self, file: str) -> "Problem":
        """Return the same problem in a named file."""
        return evolve(self, where=evolve(self.where, file=file))
