"""What an evening keeps, what it never shows, and how it goes on the next time."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve
from cli.evenings import Evening
from rich.console import Console

from intimacy_kit.cli.playing import play, play_scripted, summary
from intimacy_kit.cli.session import SPACE, Names, Session
from intimacy_kit.cli.table import Leave, ScriptedTable
from intimacy_kit.content.activities import Exercise
from intimacy_kit.content.text import Text
from intimacy_kit.errors import StoreError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import BoundariesChanged, Completed, NoticeRead, Offered, Paused, Started
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress

POUR = "kettle-time/one-pours-one-tells"


# What is kept


def test_what_is_done_is_kept_in_the_order_it_was_done(two: Evening) -> None:
    two.play("", "q", first="kettle-time/second-cup")
    two.play("1", "q", "1", "q", first="kettle-time/two-cups")
    assert two.told() == [
        "started second-cup",
        "completed second-cup",
        "started two-cups",
        "paused two-cups",
        "skipped two-cups",
    ]


def test_of_a_private_page_nothing_gets_into_the_joint_log(evening: Evening) -> None:
    evening.play("Ada", "Ben", "", "3", "", "9", "", "", "", "1", "", "", "q")
    assert [event.event for event in evening.private("1")] == [
        "notice_read",
        "boundaries_changed",
        "boundaries_changed",
    ]
    assert Own.from_events("1", evening.private("1")).boundaries == Boundaries(depth=3, topics={"worry": "yes"})
    assert [event.event for event in evening.private("2")] == ["boundaries_changed"]
    assert {event.partner for event in evening.joint()} == {None}


def test_people_who_come_back_are_neither_asked_their_names_nor_their_boundaries(evening: Evening) -> None:
    evening.play("Ada", "Ben", "", "", "", "", "", "", "", "q")
    assert evening.play("q").startswith("\n  Good to see you again, Ada and Ben\n")


def test_somebody_who_left_before_setting_boundaries_is_asked_the_next_time(evening: Evening) -> None:
    evening.play("Ada", "Ben", "", "", "", "", "q")
    seen = evening.play("", "", "", "", "q")
    assert "For Ben alone" in seen
    assert "For Ada alone" not in seen


@pytest.mark.parametrize(("where", "there"), [("same_room", True), ("video", False)])
def test_what_was_written_for_others_is_not_put_on_the_table(two: Evening, where: str, there: bool) -> None:
    assert ("One pours, one tells" in two.play("q", circumstances=[where])) is there


def test_a_name_is_cut_and_one_who_gives_none_is_called_you(evening: Evening, tmp_path: Path) -> None:
    evening.play("A" * 99, "", "q")
    assert evening.names.read() == {"1": "A" * 40}
    other = evolve(evening, names=Names(tmp_path / "other.json"))
    other.play("", "", "q")
    assert other.names.read() == {"1": "You"}


def test_leaving_at_the_first_question_keeps_nothing(evening: Evening) -> None:
    assert evening.play("q").endswith("What you did is kept. What you said is yours.\n")
    assert (evening.names.read(), evening.joint()) == ({}, ())


@pytest.mark.parametrize("text", ["", "[1]", "nothing", "3", '{"1": "Ada"'])
def test_a_names_file_that_holds_none_says_so_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.json"
    path.write_text(text, "utf-8")
    with pytest.raises(StoreError) as raised:
        Names(path).read()
    assert str(raised.value) == f"store '{path}' does not hold names; delete it and give them again"


def test_names_in_any_script_are_kept_beside_the_store(tmp_path: Path) -> None:
    names = Names.beside(tmp_path / "us.db")
    names.write({"1": "Zoë", "2": "木村"})
    assert names.path == tmp_path / "us.db.names.json"
    assert json.loads((tmp_path / "us.db.names.json").read_text("utf-8")) == {"1": "Zoë", "2": "木村"} == names.read()


def test_names_without_a_file_are_forgotten() -> None:
    Names().write({"1": "Ada"})
    assert Names().read() == {}


# Going on


def test_an_exercise_goes_on_where_it_was_left_with_the_same_person_first(two: Evening) -> None:
    two.play("2", "", "q", "", first=POUR)
    assert [event.moves for event in two.joint() if isinstance(event, Paused)] == [("2", "next")]
    seen = two.play("", "n", "n", "n", "q")
    assert "Ben (the one who tells)\n    Tell one thing." in seen.partition("turn 2")[0]
    assert two.told() == [f"{what} one-pours-one-tells" for what in ("started", "paused", "completed")]


def test_an_exercise_left_before_it_began_begins_again(two: Evening) -> None:
    two.play("q", "", first=POUR)
    assert "Who begins?" in two.play("")


def test_moves_that_another_app_kept_lead_to_the_same_place(two: Evening) -> None:
    pour = two.catalog[POUR]
    events = [Started.of(pour, at=two.now), Paused.of(pour, at=two.now, moves=["next", "next"])]
    two.store.append(SPACE, events, expected=0)
    assert "Step 3 of 4, turn 2" in two.play("", "1").partition("Who begins?")[2]


def test_where_an_exercise_has_changed_since_it_begins_again(two: Evening) -> None:
    pour = two.catalog[POUR]
    events = [Started.of(pour, at=two.now), Paused.of(pour, at=two.now, moves=["1", "sing"])]
    two.store.append(SPACE, events, expected=0)
    assert "Step 1 of 4" in two.play("")


def test_a_story_goes_on_in_the_scene_where_it_was_left(two: Evening) -> None:
    two.play("1", "q", "", "q", first="kettle-time/two-cups")
    seen = two.play("", "", "", "", "q")
    assert '"Whose is it?" said Mara.' in seen
    assert "One cup stood in the sink" not in seen


def test_what_was_left_can_wait_or_be_put_aside(two: Evening) -> None:
    two.play("1", "q", "", "q", first="kettle-time/two-cups")
    assert "You left off" in two.play("1", "q")
    assert "You left off" in two.play("2", "q")
    assert "You left off" not in two.play("q")
    assert two.told()[-1] == "skipped two-cups"


def test_leaving_while_leaving_keeps_the_place(two: Evening) -> None:
    two.play("1", "q", "q", first="kettle-time/two-cups")
    assert two.told() == ["started two-cups", "paused two-cups"]


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("second-cup", ()),
        ("why-tea", ()),
        ("near", ("",)),
        ("one-pours-one-tells", ("1",)),
        ("two-cups", ("2", "")),
    ],
)
def test_everything_can_be_left_at_any_point(two: Evening, slug: str, answers: tuple[str, ...]) -> None:
    seen = two.play(*answers, "q", "", "q", first=f"kettle-time/{slug}")
    assert "That is all right, at any point and without a reason." in seen
    assert two.told() == [f"started {slug}", f"paused {slug}"]


def test_one_alone_can_leave_the_form_for_one(one: Evening) -> None:
    one.play("q", "", "q", first=POUR)
    assert one.told() == ["started one-pours-one-tells", "paused one-pours-one-tells"]


def test_one_alone_does_the_form_for_one(one: Evening) -> None:
    assert str(one.catalog[POUR].solo) in " ".join(one.play("", "", "q", first=POUR).split())  # type: ignore[union-attr]
    assert one.told() == ["started one-pours-one-tells", "completed one-pours-one-tells"]


def test_one_alone_takes_every_turn_of_an_exercise_without_a_form_for_one(one: Evening) -> None:
    assert "Step 1 of 1\n" in one.play("", "", "q", first="kettle-time/warm-the-cup")
    assert one.told() == ["started warm-the-cup", "completed warm-the-cup"]


# Ctrl-C


class InterruptedTable(ScriptedTable):
    """A table at which somebody types Ctrl-C when the answers are used up."""

    def _typed(self, _: str) -> str:
        try:
            return next(self._answers)
        except StopIteration:
            raise KeyboardInterrupt from None


@pytest.mark.parametrize(
    ("slug", "answers", "moves"),
    [
        ("second-cup", (), ()),
        ("one-pours-one-tells", ("2", "", "n"), ("2", "next", "next")),
        ("two-cups", ("1",), ("asked",)),
        ("near", ("", "2"), ()),
        ("why-tea", (), ()),
    ],
)
def test_ctrl_c_keeps_the_place(two: Evening, slug: str, answers: tuple[str, ...], moves: tuple[str, ...]) -> None:
    table = InterruptedTable(answers, Console(quiet=True))
    with pytest.raises(KeyboardInterrupt):
        play(table, two.store, two.catalog, two.names, lambda: two.now, first=f"kettle-time/{slug}")
    last = two.joint()[-1]
    assert isinstance(last, Paused)
    assert (last.activity, last.moves) == (f"kettle-time/{slug}", moves)


# Boundaries


def test_what_somebody_lowered_counts_at_once_also_if_they_leave_the_page(open_two: Evening) -> None:
    open_two.play("b", "1", "", "1", "q", "q")
    assert Own.from_events("1", open_two.private("1")).boundaries.depth == 1


def test_what_somebody_declined_counts_at_once_also_if_they_leave_the_page(two: Evening) -> None:
    two.play("b", "1", "", "", "2", "q", "q")
    ((declined, until),) = Own.from_events("1", two.private("1")).boundaries.declined
    assert declined in on_the_table(two)
    assert until == ALWAYS


def on_the_table(evening: Evening) -> list[str]:
    """Return the ids of what was put before them, in order."""
    return [event.activity for event in evening.joint() if isinstance(event, Offered)]


def ask_ada(evening: Evening, *said: str) -> str:
    """Let Ada say, after a first cup, that she wants to be asked about worries, and answer the question that comes."""
    done = Completed.of(evening.catalog["kettle-time/second-cup"], at=evening.now)
    evening.store.append(SPACE, [done], expected=len(evening.joint()))
    answered = said + ("",) * 9
    return evening.play("b", "1", "", "", "9?", "", *answered, "q")


def test_who_wants_to_be_asked_is_asked_alone_and_a_yes_opens_it_for_a_week(open_two: Evening) -> None:
    seen = ask_ada(open_two, "1")
    assert "worry                 ask" in seen
    assert seen.count("May this come, this week?") == 1
    mine = Own.from_events("1", open_two.private("1")).boundaries
    until = open_two.now.date() + timedelta(days=7)
    assert mine.accepted == (("kettle-time/a-small-worry", ("worry",), until),)
    assert (mine & Own.from_events("2", open_two.private("2")).allowed).accepted == mine.accepted


def test_an_answer_to_a_question_may_be_no_for_a_month_or_left_open(open_two: Evening) -> None:
    ask_ada(open_two, "")
    assert Own.from_events("1", open_two.private("1")).boundaries == Boundaries(depth=4, topics={"worry": "ask"})
    ask_ada(open_two, "2")
    mine = Own.from_events("1", open_two.private("1")).boundaries
    assert mine.declined == (("kettle-time/a-small-worry", open_two.now.date() + timedelta(days=30)),)


def test_a_page_that_changes_nothing_keeps_nothing_new(two: Evening) -> None:
    before = two.private("1")
    two.play("b", "1", "", "", "", "", "", "", "q")
    assert two.private("1") == before


def test_whoever_stays_with_what_is_light_after_the_notice_does(evening: Evening) -> None:
    evening.play("Ada", "", "", "4", "1", "", "q")
    assert Own.from_events("1", evening.private("1")).boundaries == Boundaries()
    assert Own.from_events("1", evening.private("1")).notice_read


def test_the_notice_is_read_once(evening: Evening) -> None:
    evening.play("Ada", "", "", "2", "", "", "", "", "q")
    assert "Before you go on" not in evening.play("b", "", "3", "", "", "", "", "", "q")
    assert sum(isinstance(event, NoticeRead) for event in evening.private("1")) == 1


def test_a_notice_that_was_left_raises_nothing(evening: Evening) -> None:
    evening.play("Ada", "", "", "4", "q")
    assert Own.from_events("1", evening.private("1")).boundaries == Boundaries()


def test_after_lowering_nothing_that_crosses_it_can_be_chosen(open_two: Evening) -> None:
    open_two.offered("kettle-time/second-cup")
    open_two.play("", "q", first="kettle-time/second-cup")
    open_two.offered("kettle-time/a-small-worry")
    open_two.play("q", "", first="kettle-time/a-small-worry")
    open_two.now += timedelta(days=1)
    seen = open_two.play("1", "b", "2", "", "1", *[""] * 4, *[""] * 9, "q").rpartition("That is all")[2]
    deep = {"Which small worry boils over most often?", "What do you do differently when somebody is in the room?"}
    assert "Tonight" in seen
    assert not any(title in seen for title in deep)
    assert "You left off" not in open_two.play("q")
    assert "Not that one tonight." in open_two.play("q", first="kettle-time/a-small-worry")


@pytest.mark.parametrize("answer", ["1", "2"])
def test_what_was_declined_is_not_suggested_inside_its_scope(two: Evening, answer: str) -> None:
    two.play("b", "1", "", "", answer, "", "", "", "q")
    ((declined, _),) = Own.from_events("1", two.private("1")).boundaries.declined
    declined_on = two.now
    for days in (1, 15, 29, 30, 31, 62):
        two.now = declined_on + timedelta(days=days)
        seen = two.play(*[""] * 5, "q")
        assert (two.catalog[declined].title.words in seen) == (answer == "1" and days >= 30)


def test_the_joint_screen_is_the_same_whether_something_was_declined_or_only_passed_over(
    kettle: Catalog, tmp_path: Path, two: Evening
) -> None:
    other = type(two)(kettle, names=Names(tmp_path / "other.json"))
    other.settled({"1": "Ada", "2": "Ben"}, Boundaries())
    declined = two.play("b", "1", "", "", "2", "1", "", "", *[""] * 3, "q")
    ignored = other.play("b", "1", "", "", "", "", "", "", *[""] * 3, "q")
    assert _joint(declined) == _joint(ignored)
    assert [type(event) for event in two.joint()] == [type(event) for event in other.joint()]
    assert Progress.from_events(two.joint()).deeds == Progress.from_events(other.joint()).deeds


def _joint(seen: str) -> list[str]:
    """Return what both see: the parts between the lines that a scripted table draws around private pages."""
    return seen.split("· " * 35 + "·\n")[::2]


def test_settling_somebody_can_be_left_at_the_first_page(two: Evening) -> None:
    assert "Tonight" in two.play("b", "1", "q", "q").rpartition("· ·")[2]


# Answers to a check-in


def test_each_answers_a_check_in_alone_and_nobody_sees_what_the_other_one_said(two: Evening) -> None:
    seen = two.play("", "2", "", "", "3", "", "q", first="kettle-time/near")
    for partner, point in (("1", 2), ("2", 3)):
        (answered,) = Own.from_events(partner, two.private(partner)).check_ins
        assert answered.answers == (("now", point),)
    assert not any("today? 2" in part or "today? 3" in part for part in _joint(seen))


def test_what_was_answered_counts_also_if_the_other_one_leaves(two: Evening) -> None:
    two.play("", "2", "", "", "q", "", "q", first="kettle-time/near")
    assert len(Own.from_events("1", two.private("1")).check_ins) == 1
    assert Own.from_events("2", two.private("2")).check_ins == ()
    assert two.told() == ["started near", "paused near"]


# Choosing


def test_a_journey_is_kept_when_it_is_another_one(two: Evening) -> None:
    seen = two.play("j", "1", "j", "slow", "j", "2", "j", "", "j", "0", "q")
    assert seen.count("stay on it") == 4
    chosen = [event.journey for event in two.joint() if event.event == "journey_chosen"]
    assert chosen == ["kettle-time/slow-evening", "kettle-time/a-short-one", None]


def test_without_journeys_nobody_is_asked_about_them(two: Evening) -> None:
    (pack,) = two.catalog.packs
    other = evolve(two, catalog=Catalog([evolve(pack, journeys=())]))
    assert "Where would you like to begin?" not in other.play("j", "q")


def test_the_time_they_have_is_asked_until_it_is_a_number(two: Evening) -> None:
    seen = two.play("much", "0", "1441", "1440", "q", minutes=None)
    assert seen.count("A number, please; 15 for a quarter of an hour.") == 3
    assert "Tonight" in seen


def test_what_is_asked_for_is_done_only_when_it_is_open(two: Evening) -> None:
    assert "Not that one tonight." in two.play("q", first="kettle-time/not-in-company")
    assert two.told() == []


def test_emphasis_in_a_title_does_not_leak_into_the_menu(two: Evening) -> None:
    assert "*" not in two.play("", "", "q")


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("warm-the-cup", "a small act · 2 min · light"),
        ("one-pours-one-tells", "something to do · 6 min · light"),
        ("a-small-worry", "something to talk about · 10 min · tender"),
    ],
)
def test_the_summary_says_kind_time_and_depth(kettle: Catalog, slug: str, line: str) -> None:
    assert summary(kettle[f"kettle-time/{slug}"]) == line


def test_the_scripted_evening_ends_well_whatever_is_installed(
    kettle: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    for catalog in (kettle, Catalog()):
        play_scripted(catalog)
        assert capsys.readouterr().out.rstrip().endswith("Nothing of this was kept. What you said is yours.")


def test_a_step_shows_a_part_only_to_those_who_have_one(two: Evening) -> None:
    (pack,) = two.catalog.packs
    pour = two.catalog[POUR]
    assert isinstance(pour, Exercise)
    settle, tell, thanks = pour.steps
    quiet = evolve(pour, steps=(settle, evolve(tell, each=tell.each[:1]), thanks))
    other = evolve(two, catalog=Catalog([evolve(pack, activities=(quiet,), journeys=())]))
    seen = other.play("", "", "n", "n", "n", "q", first=POUR)
    assert seen.count("Ada (the one who tells)") == seen.count("Ben (the one who tells)") == 1
    assert "the one who pours)" not in seen


def test_a_guide_need_not_say_when_to_look_for_help(two: Evening) -> None:
    (pack,) = two.catalog.packs
    tea = evolve(two.catalog["kettle-time/why-tea"], seek_help=None, links=())
    other = evolve(two, catalog=Catalog([evolve(pack, activities=(tea,), journeys=())]))
    seen = other.play("", "q", first="kettle-time/why-tea")
    assert "Because it takes its time." in seen
    assert not {"When to look for help", "Goes well with"} & set(seen.splitlines())


# Words of strangers


EVIL = "\x1b[31mred\x1b]0;title\x07 \rback \u202etxt\u202c \x9b2J"


def test_names_that_would_steer_a_terminal_are_spelled_out(evening: Evening) -> None:
    evening.settled({"1": f"Ada{EVIL}", "2": "*Ben*"}, Boundaries())
    seen = evening.play("", "", "", "", "", "b", "1", "", "", "", "", "", "", "q", first=POUR)
    assert not {"\x1b", "\r", "\x07", "\u202e", "\x9b"} & set(seen)
    assert r"Ada\x1b[31mred" in seen.replace("\n  ", " ")


def test_content_that_would_steer_a_terminal_is_spelled_out(two: Evening) -> None:
    (pack,) = two.catalog.packs
    cup = two.catalog["kettle-time/second-cup"]
    hostile = evolve(cup, text=Text(f"Tea{EVIL}[bold]x[/bold]"), solo=None)
    other = evolve(two, catalog=Catalog([evolve(pack, activities=(hostile,))]))
    seen = other.play("1", "", "q")
    assert not {"\x1b", "\r", "\x07", "\u202e", "\x9b"} & set(seen)
    assert seen.count(r"Tea\x1b[31mred\x1b]0;title\x07 \rback \u202etxt\u202c") == 2
    assert "[bold]x[/bold]" in seen


# What the session gives


def test_a_session_knows_what_everybody_allows_together(open_two: Evening) -> None:
    lower = BoundariesChanged(partner="2", at=open_two.now, boundaries=Boundaries(depth=2))
    open_two.store.append(SPACE, [lower], expected=2, partner="2")
    session = Session(ScriptedTable([]), open_two.store, open_two.catalog, open_two.names.read(), lambda: open_two.now)
    assert session.partners == ("1", "2")
    assert session.allowed == Boundaries(depth=2)
    assert session.own("1").boundaries == Boundaries(depth=4, topics={"worry": "yes"})


def test_without_private_events_nothing_but_the_light_and_ordinary_is_allowed() -> None:
    nobody = Own.from_events("1", [])
    assert (nobody.allowed, nobody.notice_read, nobody.check_ins) == (Boundaries(), False, ())


def test_an_answer_of_one_check_in_is_none_of_another(two: Evening) -> None:
    two.play("", "2", "", "", "3", "", "q", first="kettle-time/near")
    mine = Own.from_events("1", two.private("1"))
    assert {one.activity for one in mine.check_ins} == {"kettle-time/near"}


def test_a_table_that_is_left_leaves(two: Evening) -> None:
    with pytest.raises(Leave):
        ScriptedTable(["Q"], Console(quiet=True)).ask("And now")
    assert [type(event) for event in two.joint()] == []


def test_completed_events_carry_the_time_of_the_evening(two: Evening) -> None:
    two.play("", "q", first="kettle-time/second-cup")
    (done,) = [event for event in two.joint() if isinstance(event, Completed)]
    assert done.at.date() == two.now.date()


def test_two_people_of_one_name_are_asked_again_and_what_cannot_be_shown_is_left_out(evening: Evening) -> None:
    seen = evening.play("Z\udcffo\x07e", "zoe", "Zoe B", "q")
    assert seen.count("You would not know who is meant; add a letter.") == 1
    assert evening.names.read() == {"1": "Zoe", "2": "Zoe B"}


def test_what_goes_well_with_it_is_named_only_as_far_as_they_allow_it(two: Evening) -> None:
    (pack,) = two.catalog.packs
    deeper = {a.slug: a for a in pack.activities}["a-small-worry"].id
    guide = {a.slug: a for a in pack.activities}["why-tea"]
    linked = [evolve(a, links=(deeper, *guide.links)) if a is guide else a for a in pack.activities]
    other = evolve(two, catalog=Catalog([evolve(pack, activities=linked)]))
    seen = other.play("", "q", first="kettle-time/why-tea")
    (line,) = [line for line in seen.splitlines() if "Goes well with" in line]
    assert str(two.catalog[deeper].title) not in line
    assert line.startswith("  Goes well with: Which sound in this house")


def test_whoever_has_answered_a_check_in_is_not_asked_again_when_it_goes_on(two: Evening) -> None:
    two.play("", "7", "2", "", "q", "", "q", first="kettle-time/near")
    two.play("", "", "3", "", "q")
    assert [len([e for e in two.private(partner) if e.event == "checked_in"]) for partner in ("1", "2")] == [1, 1]
    assert two.told()[-1] == "completed near"


def test_asking_for_what_is_not_light_is_no_way_to_find_out_what_somebody_allows(open_two: Evening) -> None:
    done = Completed.of(open_two.catalog["kettle-time/second-cup"], at=open_two.now)
    open_two.store.append("us", [done], expected=0)  # now it is open, and allowed
    assert "Not that one tonight." in open_two.play("q", first="kettle-time/a-small-worry")
    open_two.offered("kettle-time/a-small-worry")
    assert "Not that one tonight." not in open_two.play("q", "q", first="kettle-time/a-small-worry")


def test_what_was_done_rests_also_from_those_who_ask_for_it(two: Evening) -> None:
    two.play("", "q", first="kettle-time/before-it-boils")
    assert "Not that one tonight." in two.play("q", first="kettle-time/before-it-boils")
    two.now += timedelta(days=60)
    assert "Not that one tonight." not in two.play("", "q", first="kettle-time/before-it-boils")


def test_a_decline_can_be_taken_back_alone(two: Evening) -> None:
    two.play("b", "1", "", "1", "2", "", "", "", "q")
    (declined,) = Own.from_events("1", two.private("1")).boundaries.declined
    kept = two.play("b", "1", "", "1", "", "q", "q")
    assert "What you have declined" in kept
    assert Own.from_events("1", two.private("1")).boundaries.declined == (declined,)
    two.play("b", "1", "", "1", "1 7 x", "q", "q")
    assert Own.from_events("1", two.private("1")).boundaries.declined == ()


def test_one_person_is_asked_about_journeys_for_one_and_two_about_all(kettle: Catalog) -> None:
    for_two = [evolve(journey, alone=False) for journey in kettle.packs[0].journeys]
    without = Catalog([evolve(kettle.packs[0], journeys=for_two)])
    for people, there, asked in [("", kettle, True), ("", without, False), ("Ben", without, True)]:
        seen = Evening(there).play("Ada", people, *[""] * 9, "q", "q")
        assert ("Where would you like to begin?" in seen) == asked
