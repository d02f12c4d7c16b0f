"""Hash chains: no two logs, orders or lists look alike, and a digest confirms no guess."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from intimacy_kit.stores.chains import (
    SALT,
    digest_of,
    genesis,
    head_after,
    key_sum,
    key_trace,
    mark_of,
    proof_of,
    salted,
)

names = st.text(st.characters(codec="utf-8"), max_size=4)


@given(one=st.tuples(names, names), other=st.tuples(names, names))
def test_no_two_logs_begin_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (genesis(*one) == genesis(*other)) is (one == other)


@given(st.lists(st.binary(max_size=3), unique=True, min_size=2, max_size=4))
def test_every_order_of_events_has_another_head(bodies: list[bytes]) -> None:
    ends = set()
    for order in permutations(bodies):
        head = genesis("us", None)
        for version, body in enumerate(order, 1):
            head = head_after(head, version, body)
        ends.add(head)
    assert len(ends) == len([*permutations(bodies)])


def test_every_part_of_a_log_has_another_head() -> None:
    heads = [genesis("us", "a")]
    for version in range(1, 5):
        heads.append(head_after(heads[-1], version, b"the same"))
    assert all(one != other for one, other in pairwise(heads))
    assert head_after(heads[0], 1, b"x") != head_after(heads[0], 2, b"x")


def test_the_same_words_are_never_the_same_body() -> None:
    bodies = {salted(b"Yes.") for _ in range(100)}
    assert len({digest_of(body) for body in bodies}) == 100
    assert {body[SALT:] for body in bodies} == {b"Yes."}


@given(one=st.tuples(names, names, names), other=st.tuples(names, names, names))
def test_no_two_keys_leave_the_same_trace(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert (key_trace(*one) == key_trace(*other)) is (one == other)


def test_a_checksum_of_a_key_covers_all_that_is_kept_about_it() -> None:
    first = ("us", "a", "k", "a", (1, 2))
    others = [("us2", "a", "k", "a", (1, 2)), ("us", "", "k", "a", (1, 2)), ("us", "a", "k2", "a", (1, 2))]
    others += [("us", "a", "k", "b", (1, 2)), ("us", "a", "k", "a", (0, 2)), ("us", "a", "k", "a", (1, 3))]
    assert len({key_sum(*one) for one in [first, *others]}) == 7


def test_a_mark_says_who_it_was_to_nobody_who_does_not_know_the_id() -> None:
    said = {mark_of("us", "ada"), mark_of("us", "ben"), mark_of("them", "ada")}
    said |= {proof_of("us", "ada", shared=True), proof_of("us", "ada", shared=False)}
    assert len(said) == 5
    assert not [one for one in said if b"ada" in one]
