"""A report as a page: whole in itself, escaped, and with words for each picture."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from authoring.simulation.living import engine, lived, shelf
from little_packs import activity, pack

from intimacy_kit.authoring.simulation.drawing import Plot, ticks
from intimacy_kit.authoring.simulation.groups import groups
from intimacy_kit.authoring.simulation.markup import node, written
from intimacy_kit.authoring.simulation.pages import page
from intimacy_kit.authoring.simulation.pictures import depth_over_time, how_often, least_seen, pools_left, waits
from intimacy_kit.authoring.simulation.reports import Report

EVIL = "</title><script>alert('x')</script>&\"<img src=http://evil.example>"
VOID = {"meta"}


class Tree(HTMLParser):
    """Reads a page, and sees that what is opened is closed."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(words)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with problems, several packs, and somebody who is left out."""
    tea = shelf(14, 6)
    other = pack("coffee", [activity(f"bean-{n}", depth=4, topics=["money"], pack="coffee") for n in range(4)])
    return lived(
        tea, evolve(other, activities=[*other.activities, activity("old", pack="coffee", retired=True)]), days=40
    )


def evil(report: Report) -> Report:
    """Return the same report, with names that nobody's pack should have."""
    lives = tuple(evolve(one, persona=EVIL) if one.persona == "everyday" else one for one in report.lives)
    personas = (evolve(report.personas[0], name=EVIL, about=EVIL, among=EVIL), *report.personas[1:])
    pools = tuple(evolve(one, profile=EVIL) for one in report.pools)
    return evolve(
        report,
        packs=((EVIL, EVIL),),
        lives=lives,
        personas=personas,
        pools=pools,
        activities=tuple(evolve(one, id=EVIL) for one in report.activities),
        left_out=(EVIL,) * len(report.left_out),
        measures=tuple(evolve(one, whose=EVIL) for one in report.measures),
        problems=tuple(evolve(one, message=EVIL, hint=EVIL) for one in report.problems),
    )


def test_the_page_is_whole_in_itself(report: Report) -> None:
    words = page(report)
    tree = Tree(words)
    assert tree.open == []
    assert words.startswith('<!doctype html>\n<html lang="en">')
    assert "http" not in words
    assert "url(" not in words
    assert "@import" not in words
    assert not {"script", "link", "img", "iframe", "object", "use"} & set(tree.tags)
    assert not {"src", "href", "style", "onclick", "onload"} & {name for name, _ in tree.attributes}


def test_whatever_stands_in_a_pack_is_escaped(report: Report) -> None:
    # attack 33, attack 34
    assert report.problems
    words = page(evil(report))
    tree = Tree(words)
    assert tree.open == []
    assert not {"script", "img"} & set(tree.tags)
    assert tree.tags == Tree(page(report)).tags
    assert "&lt;script&gt;" in words


def test_each_picture_has_words_and_each_table_a_caption(report: Report) -> None:
    words = page(report)
    pictures = re.findall(r"<svg.*?</svg>", words, re.DOTALL)
    assert len(pictures) > 20
    named = []
    for picture in map(ET.fromstring, pictures):
        ids = picture.attrib["aria-labelledby"].split()
        inside = {one.attrib["id"]: one.text for one in picture if "id" in one.attrib}
        assert picture.attrib["role"] == "img"
        assert all(inside[name] for name in ids)
        named += ids
    assert len(named) == len(set(named))
    assert words.count("<table>") == words.count("<caption>") == 4
    assert words.count("<h1>") == 1
    assert words.count("<h2>") == 6


def test_it_follows_light_and_dark_and_reads_on_a_phone(report: Report) -> None:
    words = page(report)
    assert "prefers-color-scheme: dark" in words
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in words


def test_the_verdict_comes_first(report: Report) -> None:
    assert f"{len(report.problems)} of {len(report.measures)} limits are not kept." in page(report)
    kept = page(evolve(report, problems=()))
    assert "Every limit is kept." in kept
    assert "Not lived" in page(report)
    assert "Not lived" not in page(evolve(report, left_out=()))
    assert page(report).count("✗ not kept") == len(report.problems)


def test_a_large_pack_is_drawn_with_as_many_bars_as_can_be_seen() -> None:
    large = lived(shelf(170), days=12)
    assert len(list(ET.fromstring(ET.tostring(next(how_often(large)))).iter("rect"))) <= 80
    seen = large.activities * 4
    assert "180 more are in the JSON" in page(evolve(large, activities=seen))


def test_what_was_never_offered_is_counted_in_its_picture() -> None:
    narrow = lived(shelf(5), days=3, engine=engine(lambda *_, **__: ["light-0"]))
    assert "Light: 5 activities, most offered first, 4 of them never" in ET.tostring(next(how_often(narrow)), "unicode")
    one = lived(pack("tea", [activity("cup")]), days=2)
    assert "Light: 1 activity" in ET.tostring(next(how_often(one)), "unicode")


def test_a_pack_with_nothing_to_see_is_drawn_all_the_same() -> None:
    empty = lived(
        pack("tea", [activity("cup"), activity("old", retired=True)]), days=2, engine=engine(lambda *_, **__: [])
    )
    assert Tree(page(empty)).open == []
    assert list(depth_over_time(empty)) == []
    assert "0 days: 0%" in ET.tostring(waits(empty), "unicode")
    gone = evolve(empty, activities=(), pools=empty.pools[:1])
    assert list(how_often(gone)) == []
    assert list(least_seen(gone)) == []
    assert len(list(pools_left(gone))) == 1


def test_waits_seldom_but_there_are_not_told_as_none() -> None:
    report = lived(shelf(3), days=1)
    rare = evolve(report.personas[0], waits=((0, 999), (60, 1)))
    words = ET.tostring(waits(evolve(report, personas=(rare,))), "unicode")
    assert "57+ days: &lt;1%" in words


def test_personas_that_differ_in_a_topic_only_are_told_together() -> None:
    there = pack("tea", [activity(f"cup-{n}", topics=[("food", "home")[n % 2]]) for n in range(6)])
    together = {group.name: group for group in groups(lived(there, days=3))}
    decliners = together["declines a topic (2)"]
    assert [one.name for one in decliners.personas] == ["declines home", "declines food"]
    assert decliners.couples == sum(one.couples for one in decliners.personas)
    assert "everyday" in together


@pytest.mark.parametrize(
    ("highest", "about", "marks"),
    [
        (0, 4, [0, 1]),
        (4, 4, [0, 1, 2, 3, 4]),
        (127, 4, [0, 50, 100, 150]),
        (4.1, 3, [0, 2, 4, 6]),
        (900, 4, [0, 250, 500, 750, 1000]),
    ],
)
def test_marks_are_round_and_reach_the_highest(highest: float, about: int, marks: list[float]) -> None:
    assert ticks(highest, about) == marks


def test_a_plot_knows_where_values_are() -> None:
    plot = Plot(across=10, up=100, left=0, right=50, top=10, bottom=110)
    assert (plot.x(0), plot.x(10), plot.y(0), plot.y(100)) == (0, 50, 110, 10)


def test_words_stand_around_elements_and_nothing_is_left_out() -> None:
    made = node("p", "a", "b", node("b", "c"), "d", "e", None, node("i"), data_n=1.50, aria_label="<x>")
    assert written(made) == '<!doctype html>\n<p data-n="1.5" aria-label="<x&gt;">ab<b>c</b>de<i></i></p>\n'
