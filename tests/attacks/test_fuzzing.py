"""Nearly right bytes, by the ten thousand, into everything that reads bytes: an answer, or a typed error, and quickly.

All ten million, on all processors: ``uv run pytest --no-cov tests/attacks/test_fuzzing.py --full``.
"""

import json
import time
from typing import get_args

import pytest
from attacks.fuzzing import Fuzzed, fuzz, fuzz_everywhere, input_of
from attacks.mutations import LARGE, mutated
from attacks.quiet import seconds_of, untraced
from attacks.readers import EVENTS, READERS, Reader
from strategies import PROMPT, TEA, WHOLE, Document, as_bytes, pack_of

from intimacy_kit.loading.documents import read_pack
from intimacy_kit.practice.events import JointEvent, PrivateEvent


def test_nearly_right_bytes_give_an_answer_or_a_typed_error_and_take_no_time() -> None:
    fuzzed = fuzz(range(50_000))
    assert fuzzed.broken == ()
    for reader in READERS:
        taken = [
            answer for name, answer in fuzzed.answers if name == reader.name and answer.startswith(("taken", "found"))
        ]
        assert taken, f"nothing got through to the end of {reader.name}"
        assert len([name for name, _ in fuzzed.answers if name == reader.name]) > len(taken)


def test_ten_million_of_them_do_too(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--full"):
        pytest.skip("takes a quarter of an hour; pass --full")
    fuzzed = Fuzzed()
    for part in fuzz_everywhere(10_000_000):
        fuzzed += part
        assert fuzzed.broken == ()


def test_what_breaks_a_promise_is_found_and_named() -> None:
    def breaks(data: bytes) -> str:
        if data.count(b"[") > 3:
            raise RecursionError
        return "taken"

    bad = Reader("bad", (b'[[["tea"]]]',), breaks)
    fuzzed = fuzz(range(500), [bad])
    assert fuzzed.broken
    name, number, kind = fuzzed.broken[0].split(" ")[:3]
    assert (name, kind) == ("bad", "RecursionError:")
    assert input_of(int(number.rstrip(":")), [bad])[1].count(b"[") > 3


def test_what_takes_its_time_is_found_and_named() -> None:
    def slow(_: bytes) -> str:
        until = time.thread_time() + 0.2
        while time.thread_time() < until:
            pass
        return "taken"

    fuzzed = fuzz(range(1), [Reader("slow", (b"tea",), slow)])
    (told,) = fuzzed.broken
    assert told.startswith("slow 0: ")
    assert " ms for " in told
    assert fuzzed.slowest[0] > 0.05


def test_a_number_gives_the_same_bytes_every_time_and_another_one_others() -> None:
    seeds = READERS[0].seeds
    assert [mutated(seeds, number) for number in range(200)] == [mutated(seeds, number) for number in range(200)]
    assert len({mutated(seeds, number) for number in range(2_000)}) > 1_800


def test_some_inputs_are_large_and_none_is_larger_than_that() -> None:
    sizes = [len(mutated(READERS[0].seeds, number)) for number in range(5_000)]
    assert max(sizes) <= LARGE
    assert sum(size > LARGE // 2 for size in sizes) > 3


def test_every_seed_is_taken_and_every_kind_of_event_is_among_them() -> None:
    for reader in READERS:
        for seed in reader.seeds:
            told = reader.read(seed)
            assert told in {"taken", "found 1"} or (reader.name, told) == ("direct_url.json", "K303")
    assert {type(event) for event in EVENTS} == {*get_args(JointEvent), *get_args(PrivateEvent)}


def _full(**more: object) -> Document:
    """Return a pack of as many small prompts as 64 KiB hold, each with something more."""
    prompts: list[Document] = []
    while len(json.dumps(pack_of(*prompts))) < LARGE - 1_200:
        prompts += [{**PROMPT, "id": f"cup-{len(prompts) + n}", **more} for n in range(5)]
    return pack_of(*prompts)


#: What took longest before it was mended: 64 KiB of what has to be looked at, compared or told one by one.
WORST: dict[str, bytes] = {
    "nothing wrong": as_bytes(_full()),
    "one thing wrong among many": as_bytes({**_full(), "about": 5}),
    "names that lead nowhere": as_bytes(_full(links=["mug"])),
    "many names that lead nowhere": as_bytes(_full(links=[f"mug-{n}" for n in range(20)])),
    "all wrong": as_bytes(_full(skills=["conversatoin"] * 10)),
    "empty activities": as_bytes(pack_of(*[{}] * 16_000)),
    "numbers for activities": as_bytes(pack_of(*range(10_000))),
    "unknown fields": as_bytes(pack_of(**{f"titl{n}": 1 for n in range(4_400)})),
    "too many topics": as_bytes(pack_of({**PROMPT, "depth": 2, "topics": [f"t{n}" for n in range(7_000)]})),
    "too many scenes": as_bytes(
        pack_of({**WHOLE["activities"][2], "scenes": [{"id": f"s{n}", "paragraphs": ["a"]} for n in range(1_700)]})
    ),
    "texts that begin with blanks": b"[" + b'" ",' * 16_000 + b"1]",
    "fractions": b"[" + b"1.5," * 16_000 + b"1]",
    "one key again and again": b"{" + b'"a":1,' * 10_000 + b'"a":1}',
    "lists beside each other": b"[" + b"[]," * 21_000 + b"1]",
    "lists inside each other": b"[" + (b"[" * 30 + b"]" * 30 + b",") * 1_000 + b"1]",
    "a key that hides something deep": b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b',"a":1}',
    "escapes": as_bytes({**TEA, "about": "\\" * 15_000}),
    "quotes that do not close": b'["' + b'\\"' * 32_000,
}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in WORST.items()])
def test_64_kib_of_the_worst_are_read_or_refused_in_a_moment(data: bytes, request: pytest.FixtureRequest) -> None:
    # attack 7, attack 9, attack 25
    assert len(data) <= LARGE
    most = 0.05 if request.config.getoption("--full") else 0.1  # other tests share the processor's caches
    read_pack(b"{}")  # what is made once, is made
    with untraced():
        assert seconds_of(lambda: read_pack(data), enough=most) < most
