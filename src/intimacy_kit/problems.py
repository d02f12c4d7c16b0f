"""One thing wrong with content: where it is, what it is, and what to do about it."""

from attrs import evolve, frozen

__all__ = ["Problem", "Where"]


@frozen(order=True)
class Where:
    """The place a problem is about: a file, and a line or a JSON pointer in it.

    >>> print(Where("prompts/light.yaml", 12, 5))
    prompts/light.yaml:12:5
    >>> print(Where("pack.json", pointer="/activities/3/depth"))
    pack.json#/activities/3/depth
    """

    #: A file relative to its pack, or the distribution a pack came in.
    file: str = ""
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
        return f"{self.file}#{self.pointer}" if self.pointer else self.file


@frozen(order=True)
class Problem:
    """One thing wrong with content; a value, never an exception.

    >>> print(Problem(Where("a.yaml", 3, 1), "K102", "'txt' is not a field here", "did you mean 'text'?"))
    a.yaml:3:1: K102 'txt' is not a field here (did you mean 'text'?)
    """

    #: Where it is.
    where: Where
    #: A stable code: K0xx bytes, K1xx shape, K2xx references, K3xx installed packs, K4xx sources.
    code: str
    #: What is wrong, as one line; names and pack text may stand in it, people's words never.
    message: str
    #: What to do about it; empty where the message says it all.
    hint: str = ""

    def __str__(self) -> str:
        """Give the one line that every tool prints."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.code} {self.message}{hint}"

    def within(self, file: str) -> "Problem":
        """Return the same problem in a named file."""
        return evolve(self, where=evolve(self.where, file=file))
