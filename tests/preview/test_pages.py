"""The pages of the preview, asked for without a browser."""

from pathlib import Path
from urllib.parse import quote

import pytest
from attrs import evolve
from little_packs import activity, pack
from preview.asking import ask
from starlette.applications import Starlette

from intimacy_kit.authoring import checking
from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.preview import app, looking, pages, reading
from intimacy_kit.authoring.preview.addresses import Asked
from intimacy_kit.authoring.preview.views import View
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.problems import Problem, Where

KEYS = ("first-cup", "last-cup", "unpaid-bill", "pour", "rinse", "near", "week", "two-glasses", "why-tea")
EVERY_PAGE = (
    "/",
    "/journeys",
    "/journeys/one-pot",
    "/map",
    "/problems",
    "/explain/K102",
    "/nowhere",
    *tuple(f"/activities/{key}" for key in KEYS),
)


def edit(file: Path, old: str, new: str) -> None:
    said = file.read_text("utf-8")
    assert old in said
    file.write_text(said.replace(old, new, 1), "utf-8")


# The list


def test_it_opens_on_every_activity_file_by_file(samovar: Starlette) -> None:
    answer = ask(samovar, "/")
    assert answer.status == 200
    assert "9 activities" in answer.words
    assert [link.removeprefix("/activities/") for link in answer.links if link.startswith("/activities/")] == [*KEYS]
    assert answer.words.index("prompts/light.yaml") < answer.words.index("prompts/tender.yaml")
    assert "Which cup in this kitchen has your name on it, in invisible ink?" in answer.words


@pytest.fixture(scope="module")
def samovar() -> Starlette:
    """The preview of the pack as it is."""
    return app(Path(__file__).parent / "samovar")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=check_in", ["near", "week"]),
        ("skill=kindness", ["first-cup", "rinse"]),
        ("depth=3", ["unpaid-bill"]),
        ("topic=home", ["first-cup", "unpaid-bill"]),
        ("minutes=2", ["rinse", "near", "why-tea"]),
        ("q=INVISIBLE+ink", ["first-cup"]),
        ("q=tray", ["two-glasses"]),
        ("kind=prompt&topic=home&depth=1", ["first-cup"]),
        ("q=nobody+says+this", []),
        ("depth=99&minutes=soon&kind=quiz", [*KEYS]),
    ],
)
def test_it_is_narrowed_down_as_the_address_says(samovar: Starlette, query: str, found: list[str]) -> None:
    answer = ask(samovar, f"/?{query}")
    there = [link.partition("?")[0].removeprefix("/activities/") for link in answer.links if "/activities/" in link]
    assert there == found
    assert (f"{len(found)} of 9 activities" in answer.words) == (len(found) < 9)


def test_only_what_has_problems_can_be_listed(folder: Path) -> None:
    edit(folder / "prompts/tender.yaml", "depth: 3", "depth: 3\n    dpeth: 3")
    answer = ask(app(folder), "/?problems=1")
    assert "/activities/unpaid-bill?problems=1" in answer.links
    assert "1 problem" in answer.words


def test_the_filter_goes_with_the_links_and_turns_the_pages(samovar: Starlette) -> None:
    listed = ask(samovar, "/?skill=kindness")
    assert "/activities/rinse?skill=kindness" in listed.links
    page = ask(samovar, "/activities/first-cup?skill=kindness")
    assert page.links[0] == "/?skill=kindness"
    assert page.links[-1] == "/activities/rinse?skill=kindness"
    assert ask(samovar, "/activities/last-cup?skill=kindness").links[-1] != "/activities/rinse?skill=kindness"


def test_a_long_list_is_cut_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_SHOWN", 7)
    answer = ask(app(folder), "/")
    assert "/activities/two-glasses" not in answer.links
    assert "And 2 more; narrow the list down to see them." in answer.words


# Activities


def test_a_prompt_has_two_panes_and_all_that_may_follow(samovar: Starlette) -> None:
    words = ask(samovar, "/activities/first-cup").words
    assert "Which cup in this kitchen has your name on it, in invisible ink?" in words
    assert words.count("Nobody sees it before both agree.") == 2
    for said in ("Who drank from it before you?", "a guest you dislike?", "another cup.", "Draw the cup"):
        assert said in words
    assert "Light and ordinary: shown to everybody." in words


def test_a_tender_prompt_says_who_is_shown_it_how_it_lands_and_when_it_opens(samovar: Starlette) -> None:
    page = ask(samovar, "/activities/unpaid-bill")
    assert "Shown only where both allow tender things and talking about money; silence is a no." in page.words
    assert "The listener tells nobody, and pours." in page.words
    assert "after first-cup" in page.words
    assert "/activities/pour" in page.links
    assert "elsewhere/pot not found here" in page.words


def test_what_another_pack_has_is_called_by_its_title(folder: Path) -> None:
    other = pack("elsewhere", [activity("pot", pack="elsewhere")])
    page = ask(app(folder, beside=[other]), "/activities/unpaid-bill")
    assert "About pot. elsewhere/pot, from another pack" in page.words


def test_an_exercise_is_walked_turn_by_turn_and_says_what_each_does(samovar: Starlette) -> None:
    first = ask(samovar, "/activities/pour")
    assert "The samovar is hot." in first.words
    assert "/activities/pour?step=1#here" in first.links
    told = ask(samovar, "/activities/pour?step=2").words
    assert "Step 2 of 4, A\u2019s turn" in told
    assert told.index("A the one who tells Tell one thing") < told.index("B the one who pours Pour slowly")
    turned = ask(samovar, "/activities/pour?step=3")
    assert "Step 3 of 4, B\u2019s turn" in turned.words
    assert turned.words.index("A the one who pours Pour") < turned.words.index("B the one who tells Tell one thing")
    assert "1:00" in turned.words
    assert {"/activities/pour?step=4#here", "/activities/pour?step=2#here"} <= set(turned.links)
    assert "/activities/pour?step=3&stop=1#here" in turned.links
    assert "You spill it." in turned.words
    last = ask(samovar, "/activities/pour?step=4")
    assert "B the one who pours Nothing in particular in this step." in last.words
    done = ask(samovar, "/activities/pour?step=5").words
    assert "Done. Hands that are busy make talking easier." in done
    assert "A It is A\u2019s turn. B Nothing in particular" in ask(samovar, "/activities/rinse?step=1").words


def test_an_exercise_can_be_left_at_any_step_and_gone_on_with(samovar: Starlette) -> None:
    left = ask(samovar, "/activities/pour?step=3&stop=1")
    assert "Left there. That is all right, at any point and without a reason." in left.words
    assert "/activities/pour?step=3#here" in left.links
    assert "Go on from" not in ask(samovar, "/activities/pour?step=77&stop=1").words


def test_a_story_is_read_choice_by_choice_and_there_is_a_way_back(samovar: Starlette) -> None:
    first = ask(samovar, "/activities/two-glasses")
    read = first.words.partition("The whole story, for its writer")[0]
    assert "One glass stood in the sink. Nobody said a word." in read
    assert "She asked" not in read
    assert "/activities/two-glasses?way=asked#here" in first.links
    end = ask(samovar, "/activities/two-glasses?way=asked,end")
    read = end.words.partition("The whole story, for its writer")[0]
    assert read.index("Chosen: Mara asks") < read.index("She asked") < read.index("The story ends here.")
    assert "She waited" not in read
    assert "Which glass would you have washed?" in read
    assert "/activities/two-glasses?way=asked#here" in end.links


def test_a_way_that_is_not_there_any_more_is_cut_short_and_said_so(samovar: Starlette) -> None:
    for moves in ("asked,gone", "asked,waited"):
        words = ask(samovar, f"/activities/two-glasses?way={moves}").words
        assert "goes on in a scene that is not there any more" in words
        assert "Chosen: Mara asks" in words


def test_a_choice_that_leads_nowhere_is_no_link(folder: Path) -> None:
    edit(folder / "stories/two-glasses.md", "](#waited)", "](#wated)")
    page = ask(app(folder), "/activities/two-glasses")
    assert "Mara waits leads to “wated”, which is no scene" in page.words
    assert not any("wated" in link for link in page.links)
    assert "goes on in a scene" in ask(app(folder), "/activities/two-glasses?way=wated").words


def test_a_check_in_shows_its_scale_and_its_pictures(samovar: Starlette) -> None:
    page = ask(samovar, "/activities/near")
    assert page.body.count("<svg") == 14
    assert "These words were not tested in a study" in page.words
    week = ask(samovar, "/activities/week")
    assert week.body.count('type="radio"') == 20
    assert "not tested" not in week.words
    assert "the mean of each person\u2019s own answers" in week.words


def test_a_guide_ends_with_when_to_look_for_help(samovar: Starlette) -> None:
    page = ask(samovar, "/activities/why-tea")
    assert "It need <strong>not</strong> be tea." in page.body
    assert "When to look for help If you are afraid of the other one" in page.words


def test_a_journey_shows_its_stages_and_what_comes_after(samovar: Starlette) -> None:
    assert "/journeys/one-pot" in ask(samovar, "/journeys").links
    page = ask(samovar, "/journeys/one-pot")
    assert "The next stage opens when 2 of these 3 are done or put aside." in page.words
    assert {"/activities/first-cup", "/activities/last-cup", "/activities/rinse"} <= set(page.links)
    assert "30 days after the end" in page.words


def test_a_pack_without_journeys_says_where_one_is_written(folder: Path) -> None:
    (folder / "journeys/ways.yaml").unlink()
    assert "There is none yet." in ask(app(folder), "/journeys").words


def test_the_map_links_to_every_activity(samovar: Starlette) -> None:
    page = ask(samovar, "/map")
    assert {f"/activities/{key}" for key in KEYS} <= set(page.links)
    assert "<style" not in page.body
    assert '<div class="map" id="map" dir="ltr"' in page.body  # its words were measured from left to right
    assert ask(samovar, "/page/map.css").body.startswith(".map svg {")


# Problems


def test_problems_stand_beside_the_text_they_are_about(folder: Path) -> None:
    edit(folder / "guides/why-tea.md", "easier.", "easier. It WAS SO LOUD AND CLEAR THAT DAY.")
    edit(folder / "exercises/table.yaml", "seconds: 60", "seconds: 60\n        minuts: 1")
    preview = app(folder)
    page = ask(preview, "/activities/pour")
    assert "It cannot be shown as two people would see it until the problems here are mended." in page.words
    assert "'minuts' is not a field here" in page.words
    assert "exercises/table.yaml:17:9" in page.words
    assert "/explain/K102" in page.links
    assert "Put the phones into the bread bin." in page.words


def test_the_very_words_are_marked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = compile_pack(folder)
    assert built.pack is not None
    at = [one.slug for one in built.pack.activities].index("first-cup")
    found = [
        built.placed(Problem(Where(pointer=f"/activities/{at}/{field}"), "K710", said, "mend it", part))
        for field, said, part in [
            ("text", "about ink", "invisible ink"),
            ("follow_ups/deeper", "about all of it", ""),
            ("skills/0", "about a skill", ""),
        ]
    ]
    monkeypatch.setattr(looking, "check", lambda *_: checking.Checked(built, tuple(found)))
    preview = app(folder)
    page = ask(preview, "/activities/first-cup")
    assert "<mark>invisible ink</mark>" in page.body
    assert page.words.index("about ink") < page.words.index("Which cup") < page.words.index("about all of it")
    assert page.words.index("skills 1: about a skill") < page.words.index("about ink")
    assert 'class="said wrong"' in page.body
    arabic = ask(preview, "/activities/first-cup?lang=ar")
    assert "<mark>" not in arabic.body
    assert "about ink" in arabic.words


def test_a_story_shows_the_problems_of_scenes_that_are_not_on_the_way(folder: Path) -> None:
    edit(folder / "stories/two-glasses.md", "## end\n\nThey", "## end\n\nGo to\n\n### here\n\nThey")
    page = ask(app(folder), "/activities/two-glasses")
    assert "K405" in page.words


def test_all_problems_are_listed_with_their_lines(folder: Path) -> None:
    edit(folder / "prompts/light.yaml", "skills: [appreciation]", "skills: [apreciation]")
    (folder / "prompts/half.yaml").write_text("prompts: [", "utf-8")
    preview = app(folder)
    page = ask(preview, "/problems")
    assert "did you mean 'appreciation'?" in page.words
    assert "<mark>apreciation</mark>" in page.body
    assert "/activities/last-cup" in page.links
    assert "prompts/half.yaml: " in ask(preview, "/").words


def test_many_problems_are_cut_and_said_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_SHOWN", 1)
    (folder / "prompts/half.yaml").write_text("prompts: [{}, {}]", "utf-8")
    assert "more; they show when some of these are mended" in ask(app(folder), "/problems").words


def test_a_pack_where_all_is_well_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "check", lambda root, _: checking.Checked(compile_pack(root), ()))
    assert ask(app(folder), "/problems").words == "No problems All of it is well."


def test_that_it_is_not_built_is_a_remark_and_no_problem(folder: Path) -> None:
    page = ask(app(folder), "/problems")
    assert "K407" not in page.words
    assert "Not built since the last change; when you are done writing: intimacy-kit build" in page.words


def test_what_cannot_be_read_is_shown_as_it_is_written(folder: Path) -> None:
    edit(folder / "prompts/light.yaml", "depth: 1", "depth: 9")
    edit(folder / "journeys/ways.yaml", "offers: [last-cup]", "offer: [last-cup]")
    (folder / "prompts/odd.yaml").write_text(
        "prompts:\n  - just words\n  - {id: last-cup, retired: true, follow_ups: {deeper: Why}}\n  - {id: 5}\n", "utf-8"
    )
    preview = app(folder)
    page = ask(preview, "/activities/first-cup")
    assert "9 is too large, the most is 4" in page.words
    assert "deeper: Who drank from it before you?" in page.words
    assert "Light and personal" not in page.words
    assert "'offer' is not a field here" in ask(preview, "/journeys/one-pot").words
    assert "cannot be shown yet" in ask(preview, "/journeys").words
    listed = ask(preview, "/")
    assert "/activities/line-2-of-prompts/odd.yaml" in listed.links
    again = ask(preview, "/activities/line-3-of-prompts/odd.yaml")
    assert (again.status, "deeper: Why" in again.words, "retired yes" in again.words) == (200, True, True)
    assert "line-4-of-prompts/odd.yaml" in listed.words
    assert "/activities/line-3-of-prompts/odd.yaml?q=why" in ask(preview, "/?q=why").links
    assert ask(preview, "/map").status == 200


def test_a_folder_without_anything_to_read_still_has_its_pages(tmp_path: Path) -> None:
    preview = app(tmp_path)
    for address in ("/", "/journeys", "/map", "/problems"):
        answer = ask(preview, address)
        assert answer.status == 200
    assert "intimacy-pack.yaml: the file is missing" in ask(preview, "/").words
    assert "Nothing can be read here yet." in ask(preview, "/").words


# The page around it all


def test_what_a_pack_says_is_never_markup(folder: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} &amp;"
    for file in folder.rglob("*.yaml"):
        said = file.read_text("utf-8")
        for plain in ("Around", "Which cup", "Settle", "One pours", "Pick one", "The first", "the one who", "far"):
            said = said.replace(plain, f"'{evil}'" if f": {plain}," in said or f" {plain}}}" in said else plain)
        for field in ("text", "title", "about", "deeper", "why", "solo"):
            said = said.replace(f"\n    {field}: ", f"\n    {field}: {evil} ").replace(
                f"\n{field}: ", f"\n{field}: {evil} "
            )
        file.write_text(said, "utf-8")
    preview = app(folder)
    bodies = {address: ask(preview, address).body for address in EVERY_PAGE}
    for body in bodies.values():
        assert "<script>alert" not in body
        assert "<img" not in body
        assert " 49 " not in body
    for address in ("/", "/activities/first-cup", "/activities/pour", "/map", "/problems"):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in bodies[address]
        assert "{{ 7 * 7 }} &amp;amp;" in bodies[address]


def test_every_answer_keeps_others_out(samovar: Starlette) -> None:
    for address in (*EVERY_PAGE, "/page/preview.css", "/page/preview.js", "/page/practice.js", "/page/nothing"):
        keeps_out(samovar, address)


def keeps_out(preview: Starlette, address: str) -> None:
    answer = ask(preview, address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers
    for host in ("evil.example", "127.0.0.1.evil.example:8700", ""):
        refused = ask(preview, address, host)
        assert (refused.status, refused.body) == (421, "This preview is reached at 127.0.0.1 only.\n")
    assert ask(preview, address, "localhost:1").status == answer.status


def test_no_page_holds_a_script_a_style_or_anything_from_elsewhere(samovar: Starlette) -> None:
    for address in EVERY_PAGE:
        body = ask(samovar, address).body
        assert 'type="module"></script>' in body
        assert body.count("<script") == 1
        assert "<style" not in body
        assert " style=" not in body
        assert not [one for one in ('src="http', 'href="http', "url(", " onclick") if one in body]


def test_an_address_that_leads_nowhere_says_what_may_have_been_meant(samovar: Starlette) -> None:
    answer = ask(samovar, "/activities/frist-cup")
    assert answer.status == 404
    assert "/activities/first-cup" in answer.links
    for address in ("/journeys/none", "/explain/K000", "/page/../serving.py", "/page/layout.html", "/x"):
        assert ask(samovar, address).status == 404


def test_a_code_is_explained(samovar: Starlette) -> None:
    page = ask(samovar, "/explain/K102")
    assert "K102: a field that is not known" in page.words
    assert "<pre><code" in page.body


# Languages


def test_a_pack_in_arabic_runs_from_right_to_left(arabic: Path) -> None:
    preview = app(arabic)
    assert '<html lang="en" dir="rtl">' in ask(preview, "/").body
    assert 'dir="auto" lang="ar" class="said big"' in ask(preview, "/activities/first-cup").body


def test_another_language_is_chosen_in_the_address_and_stays(samovar: Starlette) -> None:
    page = ask(samovar, "/activities/pour?step=2&lang=ar")
    assert '<html lang="en" dir="rtl">' in page.body
    assert "/activities/pour?step=3&lang=ar#here" in page.links
    assert 'href="?step=2&amp;lang=en" hreflang="en"' in page.body
    assert "not in ar yet" in page.words
    assert "not in" not in ask(samovar, "/activities/pour?step=2&lang=xx").words


def test_what_a_po_file_says_is_shown_as_far_as_it_would_be_shipped(folder: Path) -> None:
    (folder / "locale").mkdir()
    (folder / "locale/ar.po").write_text(
        'msgid ""\nmsgstr "Language: ar\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "two-glasses/title"\nmsgid "Two glasses"\nmsgstr "كأسان"\n\n'
        'msgctxt "why-tea/title"\nmsgid "Why coffee?"\nmsgstr "لماذا القهوة؟"\n',
        "utf-8",
    )
    preview = app(folder)
    listed = ask(preview, "/?lang=ar")
    assert '<span dir="auto" lang="ar">كأسان</span>' in listed.body
    assert "Why tea?" in listed.words  # its original has changed since
    assert ">كأسان</h1>" in ask(preview, "/activities/two-glasses?lang=ar").body
    assert "كأسان" not in ask(preview, "/").body
    searched = f"q={quote('كأسان')}"
    assert f"/activities/two-glasses?{searched}" in ask(preview, f"/?{searched}").links
    (folder / "locale/ar.po").write_text("msgid", "utf-8")
    assert ask(app(folder), "/?lang=ar").status == 200


def test_a_translation_is_marked_as_missing_only_where_no_language_of_it_will_do() -> None:
    text = Text("Teetä", "fi", {"es": "Té"})
    tea = Pack(name="tea", title=text, version="1.0", authors=["Ada"], about=text, languages=["fi", "es-MX", "fil"])
    shown = evolve(looking.look(Path("nowhere"), reading.Reader()), pack=tea)
    missing = {tag: View(shown, Asked({"lang": tag})).is_missing(text) for tag in tea.languages}
    assert missing == {"fi": False, "es-MX": False, "fil": True}


def test_a_translation_is_shown_where_there_is_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = compile_pack(folder)
    translated = Text("One pot", "en", {"ar": "إبريق واحد, One pot"})
    there = Pack(
        name="samovar", title=translated, version="1.0", authors=["Ada"], about=Text("About."), languages=["en", "ar"]
    )
    about_it = Problem(Where("intimacy-pack.yaml", 3, 8, "/title"), "K710", "about one", part="One pot")
    checked = checking.Checked(evolve(built, readable=there), (about_it,))
    monkeypatch.setattr(looking, "check", lambda *_: checked)
    page = ask(app(folder), "/?lang=ar")
    assert 'lang="ar" class="said big wrong">إبريق واحد, One pot</h1>' in page.body
    assert "about one" in page.words
    written = ask(app(folder), "/").body
    assert "<mark>One pot</mark>" in written
    assert "إبريق" not in written
