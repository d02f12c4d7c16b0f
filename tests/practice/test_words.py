"""What a person wrote shows itself to nobody by accident."""

import logging
import pickle
from copy import deepcopy
from traceback import TracebackException

import pytest
from attrs import asdict
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, evening, patient

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.practice.events import Noted, Sealed
from intimacy_kit.practice.words import LONGEST, Words

SECRET = "heliotrope"


def test_words_show_nothing_in_any_way_a_value_is_shown() -> None:
    """attack 82: no repr, str, format or log record has them, nor says how long they are."""
    said = Words(SECRET)
    shown = [repr(said), str(said), f"{said}", f"{said!r}", f"{said:}", f"{said:>9}", repr([said]), repr({1: said})]
    assert {one.strip("[]{1: }") for one in shown} == {"<words>"}


def test_an_event_with_words_shows_none_of_them() -> None:
    """attack 82."""
    sealed = Sealed.of(activity("cup"), at=evening(0), partner="a", shown="Who?", words=Words(SECRET))
    noted = Noted(partner="a", at=evening(0), words=Words(SECRET))
    assert SECRET not in f"{sealed!r} {noted!r} {asdict(noted)}"


def test_a_traceback_that_shows_every_variable_shows_no_words(caplog: pytest.LogCaptureFixture) -> None:
    """attack 82."""
    said = Words(SECRET)
    try:
        Noted(partner="a", at=None, words=said)  # type: ignore[arg-type]
    except InvalidValueError as error:
        told = "".join(TracebackException.from_exception(error, capture_locals=True).format())
        logging.getLogger("host").exception("said %s", said)
    assert SECRET not in told.replace('SECRET = "heliotrope"', "")
    assert SECRET not in caplog.text


def test_equal_words_are_equal_and_can_be_copied_and_pickled() -> None:
    said = Words(SECRET)
    assert said == Words(SECRET) != Words("other")
    assert pickle.loads(pickle.dumps(said)) == deepcopy(said) == said
    assert hash(said) == hash(Words(SECRET))


@patient
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_words_are_kept_letter_by_letter(text: str) -> None:
    """attack 11: what people write is stored as it is, bidi, control characters and all."""
    noted = Noted(partner="a", at=evening(0), words=Words(text))
    assert event_from(to_document(noted)) == noted
    assert noted.words.text == text


@pytest.mark.parametrize("text", ["", "a" * (LONGEST + 1), "half \ud83d", None, b"bytes", 7])
def test_what_cannot_be_kept_is_refused_without_being_quoted(text: str) -> None:
    """attack 76: an answer of a megabyte is too long."""
    with pytest.raises(InvalidValueError, match="'words' must be text of 1 to 20000 characters"):
        Words(text)


def test_words_do_not_change() -> None:
    with pytest.raises(AttributeError, match="words do not change"):
        Words(SECRET)._text = "other"
    assert not hasattr(Words(SECRET), "__dict__")


def test_words_are_equal_to_words_only() -> None:
    assert Words(SECRET) != SECRET


def test_the_longest_words_can_be_kept() -> None:
    assert len(Words("ü" * LONGEST).text) == LONGEST


@pytest.mark.parametrize("half", [chr(code) for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF)])
def test_half_a_character_is_refused_wherever_it_stands(half: str) -> None:
    for text in (half, f"before {half}", f"{half} after"):
        with pytest.raises(InvalidValueError):
            Words(text)
    assert Words("\ud7ff\ue000").text == "\ud7ff\ue000", "what stands beside them is whole"


def test_words_that_differ_are_told_apart_in_a_set_and_from_their_text() -> None:
    many = {Words(str(number)) for number in range(99)}
    assert len({hash(one) for one in many}) > 90
    assert Words("7") in many
    assert "7" not in many
