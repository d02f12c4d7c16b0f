"""Gates and activities in words, and how wide words are."""

import pytest
from little_packs import activity, catalog, journey, pack

from intimacy_kit.authoring.maps.measuring import clipped, width_of, wrapped
from intimacy_kit.authoring.maps.words import Named, about, gate_in_a_sentence, gate_lines
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.loading.catalog import Catalog

NAMED = Named(catalog(activity("cup"), activity("bag", retired=True), journeys=[journey("way", ["cup"])]))


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (Resolved("tea/cup"), "after cup"),
        (Resolved("tea/bag"), "after bag (never offered)"),
        (Resolved("tea/pot"), "after tea/pot (unknown)"),
        (Resolved("cocoa/pot"), "after cocoa/pot (another pack)"),
        (Done("tea/cup"), "cup done"),
        (Elapsed(1, "tea/cup"), "1 day after cup"),
        (DistinctDays(1), "a day with something"),
        (DistinctDays(2), "2 different days"),
        (Count("depth", 3, 1), "1 tender one"),
        (Count("kind", "story", 2), "2 stories"),
        (Count("skill", "repair", 2), "2 of repair"),
        (Count("topic", "in_laws", 2), "2 about in laws"),
        (Count("journey", "tea/way", 2), "2 from “The way of way”"),
        (Count("journey", "cocoa/way", 2), "2 from “cocoa/way”"),
        (AllOf([Done("tea/cup"), DistinctDays(2)]), "cup done and 2 different days"),
        (AnyOf([Done("tea/cup"), DistinctDays(2)]), "cup done or 2 different days"),
        (AnyOf([AllOf([Done("tea/cup")])]), "cup done"),
        (AnyOf([AllOf([Done("tea/cup"), DistinctDays(2)]), DistinctDays(3)]),
         "one of these: all of these: cup done; 2 different days; 3 different days"),
        (AtLeast(1, [DistinctDays(2), AnyOf([DistinctDays(3), DistinctDays(4)])]),
         "any 1 of these: 2 different days; one of these: 3 different days; 4 different days"),
        (None, "open from the start"),
    ],
)  # fmt: skip
def test_a_gate_is_said_in_a_sentence(gate: Gate | None, words: str) -> None:
    assert gate_in_a_sentence(gate, NAMED) == words


def test_each_line_of_a_gate_names_one_activity_at_most_and_says_how() -> None:
    gate = AllOf([Done("tea/cup"), AnyOf([Elapsed(2, "tea/bag"), Resolved("tea/pot")]), Count("depth", 1, 2)])
    assert [(line.indent, line.words, line.names, line.kind) for line in gate_lines(gate, NAMED)] == [
        (0, "cup done", "tea/cup", "done"),
        (0, "and one of these:", "", ""),
        (1, "· 2 days after bag (never offered)", "tea/bag", "elapsed"),
        (1, "· after tea/pot (unknown)", "tea/pot", "resolved"),
        (0, "and 2 light ones", "", ""),
    ]


def test_names_are_whole_ids_where_there_are_several_packs() -> None:
    named = Named(Catalog([pack("tea", [activity("cup")]), pack("cocoa", [activity("cup", pack="cocoa")])]))
    assert named.activity("tea/cup") == "tea/cup"


def test_all_that_is_known_of_an_activity_is_shown() -> None:
    plain = activity("cup", minutes=1)
    assert about(plain, NAMED).splitlines() == [
        "tea/cup", "About cup.", "prompt · light · 1 minute", "practises listening", "open from the start"
    ]  # fmt: skip
    full = activity(
        "pot", "check_in", depth=2, topics=["money", "body"], purpose="landing", retired=True, requires=DistinctDays(2)
    )
    assert about(full, NAMED).splitlines()[2:] == [
        "check-in · personal · 5 minutes · landing · retired", "practises listening", "touches body, money",
        "opens: 2 different days",
    ]  # fmt: skip


def test_wide_characters_need_more_room_and_marks_above_letters_none() -> None:
    assert width_of("茶", 10) > width_of("é", 10) > width_of("i", 10)
    assert width_of("e\u0301", 10) == width_of("e", 10)


def test_words_are_broken_at_spaces_and_hyphens_and_anywhere_where_they_must() -> None:
    assert wrapped("over-the-tea and under", 75, 12) == ["over-the-tea", "and under"]
    assert wrapped("unbreakableness", 40, 12) == ["unbre", "akable", "ness"]
    assert wrapped("one two three four five", 40, 12, most=2) == ["one", "two t…"]
    assert wrapped("", 40, 12) == [""]
    assert (clipped("tea", 1, 12), clipped("tea", 40, 12)) == ("…", "tea")
