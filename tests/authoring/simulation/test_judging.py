"""Limits: each one can fail, and says so in words a writer understands."""

import re
from typing import Any

import pytest
from attrs import evolve
from authoring.simulation.living import ALONE, codes, engine, life, lived, shelf
from little_packs import activity, pack

from intimacy_kit.authoring.simulation import Limits, Report
from intimacy_kit.authoring.simulation.pages import page
from intimacy_kit.authoring.simulation.telling import told
from intimacy_kit.content.gates import Count, DistinctDays
from intimacy_kit.content.packs import Pack
from intimacy_kit.practice.suggestions import suggest

FAULT = "this is a fault of the kit and not of the pack; please report it with the pack and the seed"


def said(report: Report, code: str) -> str:
    return next(str(problem) for problem in report.problems if problem.code == code)


def behind_what_few_do(light: int = 90, personal: int = 30, tender: int = 80) -> Pack:
    """Return a pack of which the tender part opens to those only who did twenty personal ones."""
    words = (("light", 1, light, None), ("personal", 2, personal, Count("depth", 1, 3)))
    how: dict[str, Any] = {"rests": 30, "solo": ALONE}
    there = [activity(f"{w}-{n}", depth=d, requires=gate, **how) for w, d, many, gate in words for n in range(many)]
    gate = Count("depth", 2, 20)
    return pack("tea", [*there, *(activity(f"tender-{n}", depth=3, requires=gate, solo=ALONE) for n in range(tender))])


def test_a_pack_of_which_the_shallow_first_never_see_40_per_cent_fails() -> None:
    report = lived(behind_what_few_do())
    shallow = life(report, "shallow-first")
    assert (shallow.profile, shallow.never_offered, shallow.shown) == ("up to tender", 0.4, 120)
    assert life(report, "deep-first").never_offered == 0.0
    assert codes(report) == ["K601", "K606"]
    words = said(report, "K601")
    assert words.startswith("tea#/activities/120: K601 80 of 200 activities (40%) were never offered in 90 days (")
    assert "): 'tender-0', 'tender-1', 'tender-2' and 77 more; at most 10% may be (let them wait for less" in words
    assert "shallow-first" in words


def test_one_that_nobody_is_offered_is_said_to_be_one() -> None:
    report = lived(pack("tea", [*shelf(4).activities, activity("roof", requires=DistinctDays(30), solo=ALONE)]), days=9)
    assert "1 of 5 activities (20%) was never offered in 9 days (" in said(report, "K601")
    assert "(let it wait for less, or for what these people do" in said(report, "K601")


def test_the_same_pack_passes_when_its_gates_ask_for_less() -> None:
    there = behind_what_few_do()
    less = [evolve(one, requires=Count("depth", 1, 5) if one.requires else None) for one in there.activities]
    assert lived(evolve(there, activities=less), days=46).ok


def test_a_pack_that_is_larger_than_can_be_shown_is_measured_against_what_can() -> None:
    report = lived(shelf(100), days=20)
    one = life(report, "everyday")
    assert (one.allowed, one.possible, one.shown, one.never_offered) == (100, 60, 60, 0.0)
    assert report.ok
    narrow = lived(shelf(100), days=20, engine=engine(lambda *_, now, **__: [f"light-{now.day % 5}"]))
    assert life(narrow, "everyday").never_offered == 0.9167
    assert said(narrow, "K601").startswith(
        "tea#/activities/5: K601 of 60 activities that can be shown in 20 days, 92% were not (everyday, up to light);"
        " at most 10% may be"
    )


def test_days_on_which_there_is_nothing_fail() -> None:
    report = lived(shelf(10), days=20)
    assert life(report, "everyday").longest_empty_run == 10
    assert codes(report) == ["K602"]
    assert said(report, "K602").startswith("tea: K602 on ")
    assert "days in a row there was nothing for them (skips half, up to light); at most 3 may be so" in said(
        report, "K602"
    )
    assert lived(shelf(10), days=20, limits=Limits(empty_run=19)).ok


def test_one_empty_day_is_one_day() -> None:
    report = lived(shelf(10), days=11, limits=Limits(empty_run=0))
    assert "one" not in said(report, "K602").partition("on ")[0]
    assert life(report, "everyday").longest_empty_run == 1


def test_a_wait_that_is_too_long_fails() -> None:
    def late(catalog: Any, progress: Any, allowed: Any, **how: Any) -> Any:
        everything = suggest(catalog, progress, allowed, **how)
        return everything if progress.version > 60 else tuple(s for s in everything if s.activity.slug != "light-7")

    report = lived(shelf(60), days=20, engine=late, limits=Limits(longest_wait=11))
    assert codes(report) == []
    report = lived(shelf(24), days=20, engine=late, limits=Limits(longest_wait=11, empty_run=20))
    assert codes(report) == ["K605"]
    assert said(report, "K605").startswith("tea#/activities/7: K605 'light-7' could have been offered, and waited ")
    assert "; at most 12 may be (let it take fewer minutes, or let less come before it" in said(report, "K605")


def test_what_takes_longer_than_that_to_show_may_wait_longer() -> None:
    report = lived(shelf(60), days=50, limits=Limits(longest_wait=1, empty_run=50))
    assert next(one for one in report.measures if one.code == "K605").limit == 30
    assert report.ok


def test_a_depth_that_comes_late_fails() -> None:
    def light_first(catalog: Any, progress: Any, allowed: Any, **how: Any) -> Any:
        everything = suggest(catalog, progress, allowed, **how)
        return everything if progress.version > 30 else tuple(s for s in everything if s.activity.depth == 1)

    kept = Limits(never_offered=1, empty_run=99)
    others = [
        activity("later", requires=Count("depth", 1, 1), solo=ALONE),
        activity("old", depth=2, retired=True, requires=Count("depth", 1, 1)),
        activity("at-once", depth=2, solo=ALONE),
    ]
    there = pack("tea", [*others, *shelf(40, 20).activities])
    report = lived(there, days=30, engine=light_first, limits=evolve(kept, first_personal=7))
    assert codes(report) == ["K606"]
    assert said(report, "K606").startswith("tea#/activities/43: K606 the first personal activity came on day ")
    assert "(let what is personal ask for less; the same for: " in said(report, "K606")


def test_a_depth_that_never_comes_fails_and_one_that_nobody_allows_is_not_asked_for() -> None:
    there = pack("tea", [*shelf(99).activities, activity("pot", depth=3, requires=Count("depth", 3, 1))])
    report = lived(there, days=62)
    assert said(report, "K606").startswith(
        "tea#/activities/99: K606 nothing tender came in 62 days (everyday, up to tender); it may take 60"
    )
    names = [one.name for one in report.measures if one.code == "K606"]
    assert names == ["first light, day", "first tender, day"]
    early = lived(there, days=59)
    assert codes(early) == []
    seen = early.to_document()["measures"][4]
    assert (seen["name"], seen["value"], seen["lived"], seen["ok"]) == ("first tender, day", None, 59, None)
    assert "\nfirst tender     not in 59 days     60  -        everyday, up to tender\n" in told(early)
    assert re.search(r">not in 59 days</td><td[^>]*>60</td><td[^>]*><span class=.soft.>not judged<", page(early))
    assert "\nfirst tender     not in 62 days     60  TOO MUCH everyday, up to tender\n" in told(report)


def test_days_on_which_everything_needs_two_are_empty_for_one_alone() -> None:
    report = lived(shelf(60, solo=None), days=9)
    assert (life(report, "everyday").empty, life(report, "one alone").longest_empty_run) == (0, 9)
    assert said(report, "K602") == (
        "tea: K602 on 9 days in a row there was nothing for them (one alone, up to light); at most 3 may be so"
        " (let more of it work alone, or let these rest for fewer days)"
    )


def test_what_those_who_stop_were_never_offered_is_not_judged() -> None:
    more = [activity(f"later-{n}", requires=DistinctDays(22), solo=ALONE) for n in range(20)]
    report = lived(pack("tea", [*shelf(40).activities, *more]), days=40, limits=Limits(empty_run=40))
    assert life(report, "one stops").never_offered == 0.3333
    assert "one stops" not in "".join(map(str, report.problems))
    assert re.search(r"\none stops .* - ", told(report))


def test_those_who_hold_back_are_not_asked_when_a_depth_comes() -> None:
    gate = Count("depth", 2, 1)
    more = [activity(f"tender-{n}", depth=3, requires=gate) for n in range(5)]
    report = lived(pack("tea", [*shelf(99, 5).activities, *more]), days=61, limits=Limits(never_offered=1))
    assert life(report, "shallow-first").missed[2] == 61
    assert report.ok


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        (lambda *_, **__: ["personal-1"], "K604", "what people do not allow, or have no time for, came, "),
        (lambda *_, **__: ["light-1"], "K603", "what should have rested came again, "),
        (
            lambda *_, **how: [] if how.get("limit") else ["light-1"],
            "K607",
            "what was offered once could not come again",
        ),
    ],
)
def test_what_must_not_be_fails_and_is_nobodys_fault_who_writes(wrong: Any, code: str, words: str) -> None:
    limits = Limits(never_offered=1, empty_run=99, first_light=99)
    days = 3 if code == "K604" else 4
    rests = 60 if code == "K603" else 1
    report = lived(shelf(9, 3, rests=rests), days=days, engine=engine(wrong, all_of_it=code == "K607"), limits=limits)
    assert code in codes(report)
    assert words in said(report, code)
    assert FAULT in said(report, code)


def test_once_is_once() -> None:
    there = shelf(9)
    report = lived(there, days=1, engine=engine(lambda *_, seed, **__: ["light-1"] * (1 + ("everyday" in seed))))
    assert "came again, once (first: everyday, up to light): 'light-1'" in said(report, "K603")
    assert lived(
        there,
        days=1,
        engine=engine(lambda *_, **__: ["light-1"] * 2),
        limits=Limits(repeated=99, never_offered=1),
    ).ok


def test_of_several_packs_a_problem_names_the_one_its_activity_is_in_or_all() -> None:
    other = pack("coffee", [activity(f"bean-{n}", pack="coffee", requires=Count("depth", 4, 1)) for n in range(3)])
    report = lived(other, shelf(4), days=20)
    assert ": 'coffee/bean-0', 'coffee/bean-1', 'coffee/bean-2'; at most" in said(report, "K601")
    places = {problem.code: str(problem.where) for problem in report.problems}
    assert places == {"K601": "coffee#/activities/0", "K602": "coffee, tea"}
