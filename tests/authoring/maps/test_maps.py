"""Maps as they are written down: what is in ``golden/``, whatever a pack says, and the same bytes every time.

To write the golden maps anew after a change that is meant: ``REWRITE_GOLDEN=1 uv run pytest tests/authoring/maps``;
then look at the picture in a browser, light and dark.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from authoring.maps.generated import generated
from little_packs import activity, journey
from little_packs import pack as pack_of

from intimacy_kit.authoring.maps import draw, draw_with_links, mermaid
from intimacy_kit.authoring.maps.looks import STYLE
from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.gates import AllOf, Count, Done, Elapsed, Resolved
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(\"1\")</script> & 'x' ]]> --> %%{init}%% `a` #35; ; end *b*"


def everything() -> Pack:
    """Return a little pack that has one of everything a map can show."""
    kinds = [activity(kind.replace("_", "-"), kind) for kind in ("prompt", "exercise", "story", "check_in", "guide")]
    ready = activity("ready", "guide", purpose="orientation")
    shared = Count("depth", 1, 3)
    asked = AllOf([Done("tea/ready"), Elapsed(7, "tea/story"), Resolved("tea/bag"), Resolved("cocoa/cup")])
    more = [activity(f"pot-{number}", depth=2, requires=shared) for number in range(3)]
    more += [
        activity("tray", depth=3, requires=shared),
        activity("brew", depth=4, requires=asked),
        activity("bag", retired=True),
        activity("urn", depth=2, topics=["juggling"]),
        activity("egg", requires=Resolved("tea/hen")),
        activity("hen", requires=Resolved("tea/egg")),
        activity("nest", depth=2, requires=Done("tea/egg")),
    ]
    ways = [journey("way", ["prompt", "ready", "pot-0"], ["brew", "tray"]), alone("ready", "pot-0")]
    return pack_of("tea", [*kinds, ready, *more], ways)


def alone(*slugs: str) -> Journey:
    stage = Stage(
        id="only", title=Text("*Only* this"), offers=[*(f"tea/{slug}" for slug in slugs), "cocoa/cup"], asks=1
    )
    boosters = [Booster(after_days=30, offers=["tea/prompt"])]
    return Journey(
        id="tea/alone", title=Text("Alone"), about=Text("Yes."), stages=[stage], boosters=boosters, alone=True
    )


@pytest.mark.parametrize(("written", "suffix"), [(draw, "svg"), (mermaid, "mmd")])
def test_a_small_pack_looks_as_it_did(written: Callable[[Pack], str], suffix: str) -> None:
    path, seen = GOLDEN / f"everything.{suffix}", written(everything())
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(seen, "utf-8", newline="\n")
    assert seen == path.read_text("utf-8")


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_activity_is_named_and_says_all_of_itself_when_pointed_at() -> None:
    pack = generated(7, activities=60, journeys=2)
    titles = [title.text or "" for title in ET.fromstring(draw(pack)).iter(f"{SVG}title")]
    flow = mermaid(pack)
    for one in pack.activities:
        assert any(title.startswith(f"{one.id}\n{one.title}") for title in titles)
        assert len(re.findall(rf'["> ]{one.slug}["< ]', flow)) >= 1


def test_a_map_has_no_script_and_nothing_from_elsewhere_and_says_what_it_is() -> None:
    # attack 34
    svg = draw(everything())
    root = ET.fromstring(svg)
    assert {one.tag.removeprefix(SVG) for one in root.iter() if isinstance(one.tag, str)} == {
        "svg", "title", "desc", "style", "rect", "path", "circle", "text", "g"
    }  # fmt: skip
    assert svg.count("http") == 1
    assert not re.search(r"url\(|@import|href|\son[a-z]+=", svg)
    assert "prefers-color-scheme:dark" in svg
    assert root.find(f"{SVG}title").text == "Map of tea"
    assert "Open from the start: 6 light." in root.find(f"{SVG}desc").text
    assert "A: The way of way, 2 stages, 5 activities." in root.find(f"{SVG}desc").text


def test_a_map_for_a_page_is_the_same_picture_with_links_that_have_names() -> None:
    addresses = {"tea/story": '/story?a=1&b="2"', "tea/pot-0": "/pot", "cocoa/cup": "/cocoa", "tea/gone": "/gone"}
    svg = draw_with_links(everything(), addresses)
    assert svg.startswith('<svg direction="ltr" width=')  # also where the page runs from right to left
    assert "<style" not in svg
    links = [(one.get("href"), one.get("aria-label"), one.get("lang")) for one in ET.fromstring(svg).iter("a")]
    assert set(links) == {
        ('/story?a=1&b="2"', "About story. (story)", "en"),
        ("/pot", "About pot-0. (pot-0)", "en"),
    }  # what another pack has is no link
    assert len(links) == svg.count("<title>tea/pot-0\n") + svg.count("<title>tea/story\n") > 2
    bare = re.sub(r"<a [^>]*>|</a>", "", svg).replace('direction="ltr"', 'xmlns="http://www.w3.org/2000/svg"')
    file = draw(everything())
    assert bare == file[file.index("<svg") :].replace(f"<style>{STYLE}</style>\n", "")


def test_a_map_for_a_page_takes_nothing_for_markup() -> None:
    svg = draw_with_links(evil(), {"tea/pot": '"><script>'})
    (link,) = ET.fromstring(svg).iter("a")
    assert (link.get("href"), link.get("aria-label")) == ('"><script>', f"{EVIL.replace('*b*', 'b')} (pot)")


def test_what_never_opens_and_what_is_never_offered_is_drawn_and_marked() -> None:
    seen = texts(draw(everything()))
    for words in ("Never opens", "light · waits in a circle", "personal · stuck", "Never offered", "light · retired"):
        assert words in seen
    assert {"personal · unknown", "topic"} <= set(seen) or "personal · unknown topic" in seen
    assert {"From other packs", "cocoa/cup", "another pack"} <= set(seen)
    assert 'text class="name retired"' in draw(everything())
    flow = mermaid(everything())
    assert re.search(r"class a\d+ broken", flow)
    assert "cocoa/cup" in flow


def evil() -> Pack:
    pot = Prompt(
        id="tea/pot", text=Text(EVIL), skills=["trust"], depth=1, minutes=5, requires=Count("journey", "tea/way", 1)
    )
    stages = [Stage(id="one", title=Text(EVIL), offers=["tea/cup"])]
    way = Journey(id="tea/way", title=Text(EVIL), about=Text(EVIL), stages=stages)
    made = {"version": "1.0", "authors": ["Ada"], "about": Text("A test.")}
    return Pack(
        name="tea", title=Text(f"{EVIL}\x00\x1b\ufffe"), activities=[activity("cup"), pot], journeys=[way], **made
    )


def test_nothing_in_a_pack_is_taken_for_markup() -> None:
    # attack 33
    svg = draw(evil())
    root = ET.fromstring(svg)
    assert "<script" not in svg
    assert root.find(f"{SVG}title").text == "Map of " + EVIL.replace("*b*", "b")
    assert any(EVIL.replace("*b*", "b") in (title.text or "") for title in root.iter(f"{SVG}title"))
    labels = re.findall(r'"([^"\n]*)"', mermaid(evil()))
    assert any("#60;script#62;alert" in label for label in labels)
    for label in labels:
        assert not set("<>`%{}[]\\'") & set(label.replace("<br/>", ""))
    for line in mermaid(evil()).splitlines()[1:]:
        assert "%%" not in line
        assert line.count('"') in {0, 2}


def test_some_packs_are_drawn_together_in_whatever_order_they_are_given() -> None:
    tea = pack_of("tea", [activity("cup"), activity("pot", requires=Resolved("cocoa/cup"))])
    cocoa = pack_of("cocoa", [activity("cup", pack="cocoa")])
    assert draw([tea, cocoa]) == draw(iter([cocoa, tea]))
    assert {"tea/cup", "cocoa/cup", "after cocoa/cup"} <= set(texts(draw([tea, cocoa])))
    assert mermaid([tea, cocoa]) == mermaid([cocoa, tea])


def test_no_pack_at_all_is_an_empty_map() -> None:
    assert texts(draw([])) == ["No pack", "0 activities · 0 layers"]
    assert "subgraph" not in mermaid([])


def test_the_same_pack_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from authoring.maps.generated import generated; from intimacy_kit.authoring.maps import *;"
        "p = generated(1, activities=80, circles=2);"
        "print(hashlib.sha256((draw(p) + mermaid(p)).encode()).hexdigest())"
    )
    tests = str(Path(__file__).parents[2])
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": tests},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_a_mermaid_map_keeps_to_what_pages_draw() -> None:
    flow = mermaid(generated(1))
    assert len(flow) < 50_000
    assert len(re.findall(r" (-->|==>|-\.->) ", flow)) < 500
