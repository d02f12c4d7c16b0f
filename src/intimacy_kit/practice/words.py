"""What a person wrote, wrapped so that nothing shows it by accident."""

from typing import Any, NoReturn

from intimacy_kit.errors import InvalidValueError

__all__ = ["LONGEST", "Words"]

#: Characters that one answer or note may have.
LONGEST = 20_000


class Words:
    """What a person wrote, letter by letter; only ``.text`` gives it away.

    A message, a log record, a traceback or a failing test that shows it shows nothing, not even how long it is. It is
    no attrs class, so that ``attrs.asdict`` of an event does not open it.

    >>> said = Words("I was afraid you would laugh.")
    >>> said, f"{said}", said == Words("I was afraid you would laugh.")
    (<words>, '<words>', True)
    >>> said.text
    'I was afraid you would laugh.'
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        """Take 1 to 20,000 characters; raise InvalidValueError for what could not be read again."""
        half = type(text) is str and any("\ud800" <= char <= "\udfff" for char in text)  # of a pair: no character
        if type(text) is not str or not 1 <= len(text) <= LONGEST or half:
            raise InvalidValueError("words", f"must be text of 1 to {LONGEST} characters")
        object.__setattr__(self, "_text", text)

    @property
    def text(self) -> str:
        """The words as they were typed: nothing is trimmed, and no character is changed."""
        return self._text

    def __setattr__(self, *_: object) -> NoReturn:
        """Refuse: values do not change."""
        raise AttributeError("words do not change")

    def __eq__(self, other: object) -> bool:
        """Tell whether the words are the same, letter by letter."""
        return self._text == other._text if isinstance(other, Words) else NotImplemented

    def __hash__(self) -> int:
        """Give equal words an equal hash."""
        return hash((Words, self._text))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it be pickled and copied."""
        return Words, (self._text,)

    def __repr__(self) -> str:
        """Give no word away."""
        return "<words>"

    def __format__(self, _: str) -> str:
        """Give no word away, whatever the format."""
        return repr(self)
