"""Pre-flight: what never gets past the first door, each with its line; see also ``schemas/cases/bytes.json``."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import PROMPT, as_bytes, pack_of, packs

from intimacy_kit.loading.documents import read_pack
from intimacy_kit.loading.positions import Positions
from intimacy_kit.loading.preflight import CONTENT, EVENT, Checked, Limits, bad_character, called, preflight
from intimacy_kit.problems import Problem, Where

SMALL = Limits(size=200, depth=3, nodes=20, string=50)


def lines(data: bytes, limits: Limits = CONTENT) -> list[str]:
    """Return the problems of some bytes as the lines people read."""
    return [str(problem) for problem in preflight(data, "pack.json", limits).problems]


RULES = [
    (
        "bytes that are not UTF-8",
        b'{\n "a": "\xff"}',
        ["pack.json:2:8: K001 the file is not UTF-8 (save it again, and choose UTF-8 as its encoding)"],
    ),
    (
        "a byte order mark",
        b"\xef\xbb\xbf{}",
        ["pack.json:1:1: K002 the file begins with a byte order mark (save it as UTF-8 without a byte order mark)"],
    ),
    (
        "no JSON",
        b'{"a": 1,\n "b"}',
        [
            (
                "pack.json:2:5: K003 this is not JSON: expecting ':' delimiter "
                "(it breaks off, or was changed by hand; take a whole copy)"
            )
        ],
    ),
    (
        "no JSON, although what comes before that would be refused for something else",
        b'{"a": 1.5, "a": 1,\n',
        [
            (
                "pack.json:2:1: K003 this is not JSON: expecting property name enclosed in double quotes "
                "(it breaks off, or was changed by hand; take a whole copy)"
            )
        ],
    ),
    (
        "a key that stands twice",
        b'{"depth": 1,\n "depth": 2}',
        ["pack.json:2:2: K004 the key 'depth' stands twice in one object (keep one of them)"],
    ),
    (
        "a key that stands twice, once with an escape",
        b'{"depth": 1, "d\\u0065pth": 2}',
        ["pack.json:1:14: K004 the key 'depth' stands twice in one object (keep one of them)"],
    ),
    (
        "a long key that stands twice",
        b'{"' + b"k" * 41 + b'": 1, "' + b"k" * 41 + b'": 2}',
        ["pack.json:1:50: K004 a key stands twice in one object (keep one of them)"],
    ),
    (
        "a key that stands twice and would clear the screen",
        b'{"\\u001b[2J": 1, "\\u001b[2J": 2}',
        [
            (
                "pack.json:1:1: K009 a text holds the character U+001B "
                "(a control character), which cannot be seen or changes how text is shown"
            ),
            "pack.json:1:18: K004 the key '\\x1b[2J' stands twice in one object (keep one of them)",
        ],
    ),
    (
        "a file that is too large",
        b'"' + b"a" * 200 + b'"',
        ["pack.json: K005 the file is larger than 200 bytes (see whether it is the file that was meant)"],
    ),
    (
        "values too deep inside each other",
        b"[[[[]]]]",
        ["pack.json: K006 values stand inside each other more than 3 deep"],
    ),
    (
        "a fraction in values too deep inside each other",
        b"[[[[1.5]]]]",
        ["pack.json: K006 values stand inside each other more than 3 deep"],
    ),
    (
        "too many values",
        b"[" + b"1," * 20 + b"1]",
        ["pack.json: K007 the file holds more than 20 values"],
    ),
    (
        "so many values that they are not even built",
        b"[" + b"1," * 50 + b"1]",
        ["pack.json: K007 the file holds more than 20 values"],
    ),
    (
        "numbers that other languages would read otherwise",
        b"[1.0, 1e2,\n1000000000000000, -1000000000000000,\nNaN, -Infinity]",
        [
            f"pack.json:{line}:{column}: K008 this number cannot be used (write a whole number of at most 15 digits)"
            for line, column in ((1, 2), (1, 7), (2, 1), (2, 19), (3, 1), (3, 6))
        ],
    ),
    (
        "an invisible character",
        '[1,\n {"a": "b\u200b"}]'.encode(),
        [
            (
                "pack.json:2:8: K009 a text holds the character U+200B "
                "(zero width space), which cannot be seen or changes how text is shown"
            )
        ],
    ),
    (
        "half a surrogate pair",
        b'["\\udc00"]',
        [
            (
                "pack.json:1:2: K009 a text holds the character U+DC00 "
                "(no character at all), which cannot be seen or changes how text is shown"
            )
        ],
    ),
    (
        "a text that is too long",
        b'["' + b"a" * 51 + b'"]',
        ["pack.json:1:2: K010 a text is longer than 50 characters"],
    ),
    (
        "blank space at either end",
        b'[" a",\n "a "]',
        [
            "pack.json:1:2: K011 a text begins or ends with blank space",
            "pack.json:2:2: K011 a text begins or ends with blank space",
        ],
    ),
]


@pytest.mark.parametrize(("data", "said"), [pytest.param(data, said, id=name) for name, data, said in RULES])
def test_each_rule_says_where_and_what(data: bytes, said: list[str]) -> None:
    # attack 2, attack 4, attack 6, attack 7, attack 9, attack 10
    assert lines(data, SMALL) == said


def test_all_that_is_wrong_with_texts_keys_and_numbers_is_told_at_once() -> None:
    data = b'{"a/b": " x",\n "c": 1.5,\n "c": "\\u0007"}'
    assert [(p.code, p.where) for p in preflight(data, "pack.json").problems] == [
        ("K011", Where("pack.json", 1, 9, "/a~1b")),
        ("K008", Where("pack.json", 2, 7)),
        ("K004", Where("pack.json", 3, 2)),
        ("K009", Where("pack.json", 3, 7, "/c")),
    ]


def test_the_limits_themselves_are_allowed() -> None:
    assert preflight(b'"' + b"a" * 50 + b'"', limits=SMALL) == Checked("a" * 50, (), f'"{"a" * 50}"')
    assert preflight(b"[[[1]]]", limits=SMALL).document == [[[1]]]
    assert preflight(b"[" + b"1," * 18 + b"1]", limits=SMALL).document == [1] * 19
    assert preflight(b'{"a": ' + b" " * 192 + b"1}", limits=SMALL).document == {"a": 1}
    assert preflight(b"[" + b"9" * 15 + b", -" + b"9" * 15 + b"]").document == [10**15 - 1, 1 - 10**15]


def test_keys_count_as_values() -> None:
    assert not lines(json.dumps({str(n): n for n in range(9)}).encode(), SMALL)
    assert lines(json.dumps({str(n): n for n in range(10)}).encode(), SMALL) == [
        "pack.json: K007 the file holds more than 20 values"
    ]


def test_joiners_stay_legal_because_languages_and_families_need_them() -> None:
    # attack 12
    text = "می\u200cخواهم، क्\u200dष, 👩\u200d👩\u200d👧"  # noqa: RUF001 - Persian, not a look-alike
    assert preflight(json.dumps(text).encode()).document == text
    assert preflight(json.dumps(text, ensure_ascii=False).encode()).document == text


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\t", "\r", "\x0b", "\x1b", "\x7f", "\x85", "\x9b", "\xad", "\u061c", "\u180e", "\u200b"),
        *("\u200e", "\u200f"),
        *("\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\ufff9", "\ud800", "\udfff"),
        *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\U000e0041"),
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_characters_that_hide_or_turn_text_are_refused_everywhere(character: str) -> None:
    # attack 10, attack 11, attack 12
    name = f"U+{ord(character):04X}"
    said = f"K009 a text holds the character {called(name)}, which cannot be seen or changes how text is shown"
    assert bad_character(f"a{character}b") == name
    assert lines(json.dumps([f"a{character}b"]).encode()) == [f"pack.json:1:2: {said}"]
    assert lines(json.dumps({f"a{character}b": 1}).encode()) == [f"pack.json:1:1: {said}"]


@pytest.mark.parametrize("text", ["", "plain", "one\ntwo", "a\u00a0b", "ẞ", "\u200d", "日本", "😀", "\U000f0000"])
def test_other_characters_are_text(text: str) -> None:
    assert bad_character(text) == ""


# In the manner of JSONTestSuite, written for this kit: none of these is a document here.
MUST_REJECT = [
    *(b"", b" ", b"\x00", b"[", b"]", b"{", b"}", b"[[", b"[1", b"[1,", b"[1,]", b"[,1]", b"[,]", b"[1 2]", b"[1,,2]"),
    *(b"[1]]", b"[1]1", b"1 2", b"[1:2]", b"{1:2}", b'{"a"}', b'{"a":}', b'{"a":1,}', b'{,"a":1}', b'{"a" 1}'),
    *(b"{a:1}",),
    *(b'{"a":1 "b":2}', b'{"a":1}}', b"{'a':1}", b'{"a":1}#', b'{"a":1}/**/', b'{"a"::1}', b"[True]", b"[nul]"),
    *(b"[NULL]",),
    *(b"[undefined]", b"[+1]", b"[01]", b"[-01]", b"[1.]", b"[.5]", b"[-]", b"[--1]", b"[0x1]", b"[1e]", b"[1e+]"),
    *(b"[1_000]",),
    *(b"[1.5]", b"[1e1]", b"[1E400]", b"[-1e-400]", b"[0.0]", b"[NaN]", b"[Infinity]", b"[-Infinity]", b"[-NaN]"),
    *(b"[" + b"9" * 16 + b"]", b"[" + b"9" * 5000 + b"]", "[\uff11]".encode(), "[\u0661]".encode(), b"[1\x00]"),
    *(b"[\xc2\xa01]",),
    *(b'["', b'["a', b'["a]', b'[a"]', b'["\\"]', b'["\\x41"]', b'["\\u12"]', b'["\\u{41}"]', b'["\\ud800"]'),
    *(b'["\\udc00\\ud800"]',),
    *(b'["\t"]', b'["\n"]', b'["\x1f"]', b'["\\u0000"]', b'["\\u202e"]', b'["\x7f"]', b'["\\a"]', b'["\\8"]'),
    *(b'["a" "b"]', b"['a']"),
    *(b'{"a":1,"a":1}', b'{"a":1,"\\u0061":2}', b'{"":0,"":0}', b'[{"a":{"b":1,"b":2}}]'),
    *(b"\xff", b"[\xff]", b'["\xc0\xaf"]', b'["\xed\xa0\x80"]', b'["\xf4\x90\x80\x80"]', b'["\xc3"]'),
    *(b"\xef\xbb\xbf[]",),
    *("[]".encode("utf-16"), "[]".encode("utf-16-le"), "[]".encode("utf-32"), b"\xfe\xff", b"+/v9-[]", b"[]\x00"),
    *(b"\x0c[]",),
]


@pytest.mark.parametrize("data", MUST_REJECT, ids=repr)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    # attack 1, attack 2, attack 4, attack 5
    checked = preflight(data, "pack.json")
    assert checked.document is None
    assert checked.problems
    assert all("\n" not in str(problem) for problem in checked.problems)


@pytest.mark.parametrize(
    ("data", "document"),
    [
        (b"null", None),
        (b"[]", []),
        (b'""', ""),
        (b"-0", 0),
        (b' { "a" : [ true , false , null ] } ', {"a": [True, False, None]}),
        (b'"\\u00e4\\/\\"\\\\"', 'ä/"\\'),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'{"a": {"a": 1}}', {"a": {"a": 1}}),
        (b'{"__proto__": {}, "": 1}', {"__proto__": {}, "": 1}),
    ],
)
def test_what_is_a_document_is_read_as_it_stands(data: bytes, document: object) -> None:
    checked = preflight(data)
    assert (checked.document, checked.problems) == (document, ())


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":', b"[1.5,", b'{"b":1,"b":2,"a":'])
def test_a_hundred_thousand_levels_are_refused_and_not_fallen_into(opening: bytes) -> None:
    # attack 7
    closed = opening * 100_000 + b"1" + b"]}"[opening.startswith(b"{") :][:1] * 100_000
    for data in (opening * 100_000, closed):
        assert [problem.code for problem in read_pack(data).problems] in (["K003"], ["K006"])


def test_deep_values_of_a_key_that_stands_twice_are_refused_and_not_fallen_into() -> None:
    deep = b"[" * 900 + b"]" * 900
    assert lines(b'{"a": ' + deep + b', "a": 1}') == [
        "pack.json: K006 values stand inside each other more than 32 deep"
    ]
    assert lines(b'{"a": ' + deep + b', "a": [1]}', EVENT) == [
        "pack.json: K006 values stand inside each other more than 16 deep"
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"[" + b"9" * 10**6 + b"]", id="a number of a million digits"),
        pytest.param(b"[-" + b"9" * 10**6 + b"]", id="a negative number of a million digits"),
        pytest.param(b'{"activities": ' + b"9" * 10**6 + b"}", id="the same in a field"),
        pytest.param(b"[" + b"1.5," * 30_000 + b"1]", id="thirty thousand fractions"),
        pytest.param(b"[" + b'" ",' * 30_000 + b"1]", id="thirty thousand blank texts"),
        pytest.param(b"{" + b'"a":1,' * 30_000 + b'"a":1}', id="one key thirty thousand times"),
        pytest.param(b"[" + b"[]," * 15_000_000 + b"1]", id="more values than memory should have to hold"),
        pytest.param(
            as_bytes(pack_of({**PROMPT, "depth": 2, "topics": [5, *(f"t{n}" for n in range(30_000))]})),
            id="a list to be compared each with each",
        ),
        pytest.param(as_bytes(pack_of(*[{}] * 20_000)), id="twenty thousand empty activities"),
        pytest.param(as_bytes(pack_of({f"field-{n}": n for n in range(50_000)})), id="fifty thousand unknown fields"),
    ],
)
def test_a_hostile_file_is_refused_in_a_moment_and_with_a_list_that_can_be_read(data: bytes) -> None:
    # attack 5, attack 8, attack 9, attack 25
    begun = time.process_time()
    problems = read_pack(data).problems
    assert 1 <= len(problems) <= 1000
    assert time.process_time() - begun < 5.0


GOOD_PACK = as_bytes(
    pack_of({**PROMPT, "solo": "Wo wär's? 👩\u200d👧", "requires": {"any": [{"count": {"n": 2, "skill": "trust"}}]}})
)


def test_every_truncation_of_a_pack_is_a_problem_and_never_a_crash() -> None:
    # attack 3
    assert read_pack(GOOD_PACK).problems == ()
    for length in range(len(GOOD_PACK)):
        read = read_pack(GOOD_PACK[:length])
        assert read.pack is None
        assert {problem.code for problem in read.problems} <= {"K001", "K003"}, length
        assert all(problem.where.line == 1 for problem in read.problems)


def test_every_bit_that_flips_gives_a_pack_or_problems() -> None:
    for index in range(len(GOOD_PACK)):
        for bit in (1, 8, 32, 128):
            data = bytearray(GOOD_PACK)
            data[index] ^= bit
            read = read_pack(bytes(data))
            assert (read.pack is None) == bool(read.problems)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(as_bytes(draw(packs())) if draw(st.booleans()) else GOOD_PACK)
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 8))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6))
        data[index : index + length] = piece
    return bytes(data)


PIECES = [
    *(b"", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u0000", b"\\ud800", b"1.5", b"1e999", b"NaN", b"-"),
    *(b"null",),
    *(b"true", b'"id":', b'"a":1,', b'"kind":"story",', b"\xff", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"9" * 20),
    *(b"[" * 40,),
]


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_damaged_bytes_give_a_pack_or_problems_and_never_an_exception(data: bytes) -> None:
    read = read_pack(data)
    assert (read.pack is None) == bool(read.problems)
    assert "K199" not in {problem.code for problem in read.problems}
    for problem in read.problems:
        assert "\n" not in str(problem)
        str(problem).encode()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_give_a_document_or_problems(data: bytes) -> None:
    checked = preflight(data)
    assert checked.problems or json.loads(data) == checked.document


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab/~ü", max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~ü", max_size=3), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from((None, 0, 3)),
)
def test_positions_point_at_the_value_they_name(document: Any, indent: int | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    positions = Positions.of(text)
    for pointer, value in _pointers(document):
        where = positions.where(pointer, "a.json")
        line = text.split("\n")[where.line - 1][where.column - 1 :]
        rest = "\n".join([line, *text.split("\n")[where.line :]])
        assert json.JSONDecoder().raw_decode(rest)[0] == value


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers(-9, 9) | st.text('ab/~ü"\\', max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab/~ü"\\', max_size=3), inner, max_size=3),
        max_leaves=8,
    ),
    st.data(),
)
def test_positions_of_what_is_asked_for_are_the_same_as_those_of_all(document: Any, data: st.DataObject) -> None:
    text = json.dumps(document, indent=data.draw(st.sampled_from((None, 1))))
    pointers = [pointer for pointer, _ in _pointers(document)]
    wanted = data.draw(st.lists(st.sampled_from([*pointers, "/nowhere"])))
    everything, some = Positions.of(text), Positions.of(text, wanted, repeated=data.draw(st.booleans()))
    assert [some.where(pointer, "a") for pointer in wanted] == [everything.where(pointer, "a") for pointer in wanted]


def _pointers(value: Any, pointer: str = "") -> list[tuple[str, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    parts = [(f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}", part) for key, part in inner]
    return [(pointer, value), *(found for where, part in parts for found in _pointers(part, where))]


def test_a_pointer_to_what_is_missing_gives_the_place_around_it() -> None:
    positions = Positions.of('{"a":\n {"b": 1}}')
    assert positions.where("/a/c/d", "a.json") == Where("a.json", 2, 2, "/a/c/d")
    assert positions.where("/x", "a.json") == Where("a.json", 1, 1, "/x")


def test_a_problem_in_a_pack_has_the_line_of_its_value() -> None:
    data = json.dumps(pack_of({**PROMPT, "depth": 9}), indent=1).encode()
    where = Where("pack.json", 21, 13, "/activities/0/depth")
    assert read_pack(data, "pack.json").problems == (
        Problem(where, "K107", "9 is too large, the most is 4", "write a number from 1 to 4"),
    )
    assert (
        str(read_pack(data, "pack.json").problems[0])
        == "pack.json:21:13: K107 9 is too large, the most is 4 (write a number from 1 to 4)"
    )
