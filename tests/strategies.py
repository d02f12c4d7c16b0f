"""Documents for property tests: valid by construction, then broken a little, and the judges they are brought before.

``packs()``, ``events()`` and ``exports()`` give documents that the schemas accept; ``broken(document)`` breaks one in
up to three places, the way a hurried writer, another program or an attacker would.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import jsonschema_rs
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from intimacy_kit.content.migrations import CREDITS
from intimacy_kit.content.vocabulary import (
    BASES,
    CIRCUMSTANCES,
    KINDS,
    MOODS,
    ORDINARY_TOPICS,
    PURPOSES,
    SENSITIVE_TOPICS,
    SHAPES,
    SKILLS,
)
from intimacy_kit.loading.explaining import schema

Json = Any
Document = dict[str, Any]
Path = tuple[str | int, ...]

TITLE, LINE, PARAGRAPH = 120, 300, 1200

#: The smallest pack there is, and the smallest prompt, to be added to.
TEA: Document = {
    "format": 1,
    "name": "tea",
    "title": "Tea",
    "version": "1.0",
    "languages": ["en"],
    "authors": ["Ada"],
    "licence": "CC0-1.0",
    "about": "Over a cup.",
    "activities": [],
    "journeys": [],
}
PROMPT: Document = {
    "kind": "prompt",
    "id": "first-cup",
    "skills": ["kindness"],
    "depth": 1,
    "minutes": 5,
    "text": "Who made your first cup today?",
}


_COMMON: Document = {"skills": ["trust"], "depth": 1, "minutes": 5}

#: A pack in which every field of every kind stands.
WHOLE: Document = {
    "format": 1,
    "name": "tee",
    "title": "Tee",
    "version": "1.2.0",
    "languages": ["de", "en"],
    "authors": ["Ada", "Ben"],
    "licence": "CC0-1.0",
    "about": "Bei einer Tasse.",
    "requires_kit": "0.1",
    "activities": [
        {
            **_COMMON,
            "kind": "prompt",
            "id": "tasse",
            "text": "Wer?",
            "depth": 3,
            "topics": ["worry"],
            "requires": {
                "all": [
                    {"any": [{"resolved": "rede"}, {"done": "frage"}]},
                    {"at_least": {"n": 1, "of": [{"elapsed": {"days": 7, "since": "other/x"}}, {"distinct_days": 2}]}},
                    {"count": {"journey": "weg", "n": 3}},
                    {"count": {"n": 2, "skill": "trust"}},
                ]
            },
            "repeat": {"after_days": 30, "revisit": [7, 14], "at_most": {"skill": "trust", "n": 2, "per": "week"}},
            "purpose": "landing",
            "evidence": {"basis": "trial", "sources": ["doi:10.1/1"], "note": "Alt."},
            "links": ["rede", "tee/rede", "other/x"],
            "rev": 2,
            "aliases": ["becher"],
            "retired": True,
            "licence": "MIT",
            "authors": ["Cleo"],
            "follow_ups": {"deeper": "Und?"},
            "solo": "Schreib.",
            "after": "Sag es zurück.",
            "mood": "tender",
            "shape": "question",
        },
        {
            **_COMMON,
            "kind": "exercise",
            "id": "rede",
            "title": "Rede",
            "about": "Kurz.",
            "roles": {"wer": "wer redet"},
            "cautions": ["Halt."],
            "steps": [{"text": "Red.", "title": "Eins", "each": {"wer": "Red."}, "seconds": 60, "in_turns": True}],
            "when_stuck": [{"when": "Laut.", "then": "Wasser."}],
            "solo": "Allein.",
            "why": "Darum.",
        },
        {
            **_COMMON,
            "kind": "story",
            "id": "reiher",
            "title": "Reiher",
            "people": "Zwei.",
            "arc": {"struggle": "a", "turning_point": "b", "outcome": "c", "stayed_hard": "d"},
            "scenes": [
                {"id": "fluss", "paragraphs": ["Regen."], "choices": [{"text": "Heim", "to": "heim"}]},
                {"id": "heim", "paragraphs": ["Tee."]},
            ],
            "reflections": ["Wer?"],
        },
        {
            **_COMMON,
            "kind": "check_in",
            "id": "nah",
            "title": "Nah?",
            "about": "Kurz.",
            "questions": [{"id": "wie", "text": "Wie nah?"}],
            "scale": {"low": 1, "high": 7, "low_label": "fern", "high_label": "nah"},
            "validated": False,
            "scoring": "mean",
            "picture": "circles",
        },
        {
            **_COMMON,
            "kind": "guide",
            "id": "frage",
            "title": "Was?",
            "answer": ["Das."],
            "purpose": "orientation",
            "seek_help": "Bald.",
        },
    ],
    "journeys": [
        {
            "id": "weg",
            "title": "Weg",
            "about": "Hin.",
            "stages": [{"id": "eins", "title": "Eins", "about": "Los.", "offers": ["tasse"], "asks": 1}],
            "boosters": [{"after_days": 7, "offers": ["tasse"]}],
            "alone": True,
        }
    ],
    "migrations": [
        {
            "name": "2027-03-tee",
            "operations": [{"op": "split", "old": ["gespraech"], "new": ["rede", "frage"], "credit": "offered"}],
        }
    ],
}


def pack_of(*activities: Document, **more: Json) -> Document:
    """Return the pack ``tea`` with these activities."""
    return {**TEA, "activities": list(activities), **more}


def as_bytes(document: Json) -> bytes:
    """Return the bytes of a document."""
    return json.dumps(document, ensure_ascii=False).encode()


# Words and names

_ODD_WORDS = (
    "Hm?",
    "Wo warst du, als es hell wurde?",
    "خانه\u200cها",  # noqa: RUF001 - Persian, not a look-alike
    "👩\u200d👧",
    "one\n\ntwo",
    "*so* **much**",
    "~/",
)
slugs = st.sampled_from(("a", "first-cup", "b2", "x-1-y", "second-cup", "s" * 64))
ids = slugs | slugs.map(lambda slug: f"other/{slug}") | slugs.map(lambda slug: f"tea/{slug}") | st.just("p" * 64 + "/x")
topics = st.sampled_from((*ORDINARY_TOPICS, *SENSITIVE_TOPICS, "juggling", "t" * 40))


def words(most: int) -> st.SearchStrategy[str]:
    """Give texts of 1 to so many characters."""
    return st.sampled_from(_ODD_WORDS) | st.sampled_from((1, most)).map(lambda n: "ü" * n)


def several(
    values: st.SearchStrategy[Json], least: int = 0, most: int = 3, *, unique: bool = False
) -> st.SearchStrategy[list[Json]]:
    """Give short lists."""
    return st.lists(values, min_size=least, max_size=most, unique=unique)


def record(required: Document, **optional: st.SearchStrategy[Json]) -> st.SearchStrategy[Document]:
    """Give objects with these fields, the optional ones now and then."""
    return st.fixed_dictionaries(required, optional=optional)


# Parts of a pack

_counted = st.one_of(
    record({"n": st.integers(1, 10_000), "skill": st.sampled_from(SKILLS)}),
    record({"n": st.integers(1, 3), "topic": topics}),
    record({"n": st.integers(1, 3), "kind": st.sampled_from(KINDS)}),
    record({"n": st.integers(1, 3), "depth": st.integers(1, 4)}),
    record({"n": st.integers(1, 3), "journey": ids}),
)
_atoms = st.one_of(
    record({"resolved": ids}),
    record({"done": ids}),
    record({"count": _counted}),
    record({"elapsed": record({"days": st.integers(1, 10_000), "since": ids})}),
    record({"distinct_days": st.integers(1, 10_000)}),
)
gates = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        record({"all": several(inner, 1)}),
        record({"any": several(inner, 1)}),
        record({"at_least": record({"n": st.integers(1, 3), "of": several(inner, 1)})}),
    ),
    max_leaves=4,
)

_per = {"n": st.integers(1, 100), "per": st.sampled_from(("day", "week"))}
_limited = st.one_of(
    record({**_per, "skill": st.sampled_from(SKILLS)}),
    record({**_per, "topic": topics}),
    record({**_per, "kind": st.sampled_from(KINDS)}),
    record({**_per, "depth": st.integers(1, 4)}),
)

_common: dict[str, st.SearchStrategy[Json]] = {
    "requires": gates,
    "repeat": record({}, after_days=st.integers(1, 3650), revisit=several(st.integers(1, 3650)), at_most=_limited),
    "purpose": st.sampled_from(PURPOSES),
    "evidence": record({}, basis=st.sampled_from(BASES), sources=several(words(LINE), unique=True), note=words(LINE)),
    "links": several(ids, unique=True),
    "rev": st.integers(1, 10_000),
    "aliases": several(slugs, unique=True),
    "retired": st.booleans(),
    "licence": words(LINE),
    "authors": several(words(TITLE), unique=True),
}


def _by_role(most: int = 6) -> st.SearchStrategy[Document]:
    return st.dictionaries(slugs, words(LINE), max_size=most)


_step = record(
    {"text": words(PARAGRAPH)},
    title=words(TITLE),
    each=_by_role(),
    seconds=st.integers(5, 7200),
    in_turns=st.booleans(),
)
_scene = record(
    {"id": slugs, "paragraphs": several(words(PARAGRAPH), 1)},
    choices=several(record({"text": words(LINE), "to": slugs})),
)
_follow_ups = record({}, deeper=words(LINE), lighter=words(LINE), repair=words(LINE))
_arc = record({name: words(LINE) for name in ("struggle", "turning_point", "outcome", "stayed_hard")})
_scale = record(
    {"low": st.integers(0, 1), "high": st.integers(2, 100), "low_label": words(TITLE), "high_label": words(TITLE)}
)

#: Kind: required fields, and those that may be left out.
_KINDS: dict[str, tuple[Document, Document]] = {
    "prompt": (
        {"text": words(LINE)},
        {
            "follow_ups": _follow_ups,
            "solo": words(LINE),
            "after": words(LINE),
            "mood": st.sampled_from(MOODS),
            "shape": st.sampled_from(SHAPES),
        },
    ),
    "exercise": (
        {"title": words(TITLE), "about": words(LINE), "steps": several(_step, 1)},
        {
            "roles": _by_role(),
            "cautions": several(words(LINE)),
            "when_stuck": several(record({"when": words(LINE), "then": words(LINE)})),
            "solo": words(PARAGRAPH),
            "why": words(PARAGRAPH),
        },
    ),
    "story": (
        {"title": words(TITLE), "people": words(LINE), "arc": _arc, "scenes": several(_scene, 1)},
        {"reflections": several(words(LINE))},
    ),
    "check_in": (
        {
            "title": words(TITLE),
            "about": words(LINE),
            "questions": several(record({"id": slugs, "text": words(LINE)}), 1),
            "scale": _scale,
            "validated": st.booleans(),
        },
        {"scoring": st.sampled_from(("each", "mean")), "picture": st.just("circles")},
    ),
    "guide": ({"title": words(TITLE), "answer": several(words(PARAGRAPH), 1)}, {"seek_help": words(PARAGRAPH)}),
}


@st.composite
def activities(draw: st.DrawFn) -> Document:
    """Give one activity of any kind."""
    kind = draw(st.sampled_from(KINDS))
    required, optional = _KINDS[kind]
    depth = draw(st.integers(1, 4))
    activity: Document = draw(
        record(
            {
                "kind": st.just(kind),
                "id": slugs,
                "skills": several(st.sampled_from(SKILLS), 1, unique=True),
                "depth": st.just(depth),
                "minutes": st.integers(1, 240),
                **required,
            },
            **{
                **_common,
                **optional,
                "topics": several(_touched_at(depth), unique=True),
                "suits": several(st.sampled_from(CIRCUMSTANCES), unique=True),
            },
        )
    )
    if kind == "prompt" and depth >= 3:
        activity.setdefault("after", "Say it back once.")
    return activity


def _touched_at(depth: int) -> st.SearchStrategy[str]:
    return st.sampled_from(ORDINARY_TOPICS) if depth == 1 else topics


_stage = record(
    {"id": slugs, "title": words(TITLE), "offers": several(ids, 1, unique=True)},
    about=words(LINE),
    asks=st.integers(1, 100),
)
_booster = record({"after_days": st.integers(1, 3650), "offers": several(ids, 1, unique=True)})
journeys = record(
    {"id": slugs, "title": words(TITLE), "about": words(LINE), "stages": several(_stage, 1)},
    boosters=several(_booster),
    alone=st.booleans(),
)
_few, _many = several(slugs, 1, 1), several(slugs, 2, 3, unique=True)
_credit = st.sampled_from(CREDITS)
_migrations = record(
    {
        "name": slugs,
        "operations": several(
            st.one_of(
                record({"op": st.just("rename"), "old": _few, "new": _few}, credit=_credit),
                record({"op": st.just("merge"), "old": _many, "new": _few}, credit=_credit),
                record({"op": st.just("split"), "old": _few, "new": _many}, credit=_credit),
                record({"op": st.just("retire"), "old": _few}, new=st.just([]), credit=_credit),
            ),
            1,
        ),
    }
)


def packs() -> st.SearchStrategy[Document]:
    """Give compiled packs; what they refer to need not be there."""
    return record(
        {
            "format": st.just(1),
            "name": st.sampled_from(("tea", "p" * 64)),
            "title": words(TITLE),
            "version": st.sampled_from(("1.0", "0.12.3", "2.0rc1", "1.0.post3", "1.2.3.4.dev5")),
            "languages": several(st.sampled_from(("en", "de-AT", "pt-BR", "zh-Hant-TW")), 1, unique=True),
            "authors": several(words(TITLE), 1, unique=True),
            "licence": words(LINE),
            "about": words(2 * LINE),
            "activities": several(activities(), 0, 2),
            "journeys": several(journeys, 0, 1),
        },
        requires_kit=st.sampled_from(("0.1", "0.1.0")),
        migrations=several(_migrations, 0, 2),
    )


# Events

full_ids = ids.map(lambda name: name if "/" in name else f"tea/{name}")
moments = st.sampled_from(
    (
        "2026-11-23T20:00:00+01:00",
        "2026-11-23T20:00:00.000001-11:59",
        "1900-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2024-02-29T12:00:00-00:00",
    )
)
_of_activity: Document = {
    "activity": full_ids,
    "at": moments,
    "kind": st.sampled_from(KINDS),
    "skills": several(st.sampled_from(SKILLS), 1, unique=True),
    "depth": st.integers(1, 4),
}
_maybe_of_activity: Document = {"rev": st.integers(1, 10_000), "topics": several(topics, unique=True)}
_partners = st.sampled_from(("a", "b" * 128, "6f9619ff"))
_until = st.sampled_from(("2026-12-01", "9999-12-31", "2000-02-29"))
_boundaries = record(
    {"depth": st.integers(1, 4)},
    topics=st.dictionaries(topics, st.sampled_from(("no", "ask", "yes")), max_size=3),
    declined=st.dictionaries(full_ids, _until, max_size=2),
    accepted=several(record({"activity": full_ids, "topics": several(topics, 1, unique=True), "until": _until}), 0, 2),
    paused=st.booleans(),
)
_rounds = st.integers(0, 10_000)
_answer = record({"shown": words(LINE)}, words=words(LINE))


_private: Document = {"partner": _partners, "at": moments}


def events() -> st.SearchStrategy[Document]:
    """Give documents of events of every kind."""
    plain = [
        record({"event": st.just(name), **_of_activity}, **_maybe_of_activity)
        for name in ("offered", "started", "completed", "skipped")
    ]
    return st.one_of(
        *plain,
        record(
            {"event": st.just("paused"), **_of_activity},
            **_maybe_of_activity,
            moves=several(st.sampled_from(("next", "stop", "m" * 128))),
        ),
        record({"event": st.just("journey_chosen"), "at": moments}, journey=full_ids),
        record(
            {"event": st.just("migrated"), "at": moments, "name": full_ids},
            carried=several(record({"old": full_ids, "new": full_ids}, credit=_credit)),
        ),
        record(
            {"event": st.just("space_opened"), "at": moments, "people": several(_partners, 1, unique=True)},
            shared=st.sampled_from(("removed", "kept")),
        ),
        record({"event": st.just("space_left"), "on": _until, "who": _partners}),
        record({"event": st.just("space_closed"), "on": _until}),
        record(
            {
                "event": st.just("revealed"),
                "on": _until,
                "activity": full_ids,
                "answers": st.dictionaries(_partners, _answer, min_size=1, max_size=3),
            }
        ),
        record(
            {
                "event": st.just("taken_back"),
                "on": _until,
                "who": _partners,
                "activity": full_ids,
                "round": _rounds,
            }
        ),
        record({"event": st.just("notice_read"), "partner": _partners, "at": moments}),
        record({"event": st.just("declined"), **_private, "activity": full_ids, "until": _until}),
        record(
            {
                "event": st.just("accepted"),
                **_private,
                "activity": full_ids,
                "topics": several(topics, 1, unique=True),
                "until": _until,
            }
        ),
        record(
            {
                "event": st.just("sealed"),
                "partner": _partners,
                **_of_activity,
                "shown": words(LINE),
                "words": words(LINE),
            },
            **_maybe_of_activity,
            round=_rounds,
        ),
        *(
            record({"event": st.just(name), **_private, "activity": full_ids}, round=_rounds)
            for name in ("agreed", "withdrawn")
        ),
        record({"event": st.just("noted"), **_private, "words": words(LINE)}, activity=full_ids),
        record(
            {
                "event": st.just("boundaries_changed"),
                "partner": _partners,
                "at": moments,
                "boundaries": _boundaries,
            }
        ),
        record(
            {
                "event": st.just("checked_in"),
                "partner": _partners,
                **_of_activity,
                "answers": st.dictionaries(slugs, st.integers(0, 100), min_size=1, max_size=3),
            },
            **_maybe_of_activity,
        ),
    )


def exports() -> st.SearchStrategy[Document]:
    """Give documents of exports: joint events, and private ones of the same partner."""
    joint, own = (
        events().filter(lambda event: "partner" not in event),
        events().filter(lambda event: "partner" in event),
    )
    return record(
        {
            "format": st.just(1),
            "space": st.sampled_from(("us", "s" * 128)),
            "partner": st.just("a"),
            "at": moments,
            "joint": several(joint, 0, 2),
            "own": several(own.map(lambda event: {**event, "partner": "a"}), 0, 2),
        }
    )


# Breaking a document

_JUNK: tuple[Json, ...] = (
    None,
    True,
    False,
    *(0, 1, 2, 4, 5, -1, 101, 241, 3651, 7201, 10_001, 10**15 - 1, 0.5, 1.0, 5.0),
    *("", "x", "ü" * 121, "ü" * 301, "ü" * 601, "ü" * 1201, "m" * 129),
    *("a\n", "Coming-Back", "a--b", "-a", "1a", "a_b", "tea/", "/a", "a/b/c", "ä", "s" * 65, "p" * 65 + "/a"),
    *("a/" + "s" * 65,),
    *("prompt", "light", "yes", "juggling", "money", "t" * 41, "circles", "stories", "offered", "notice_read"),
    *("1", "1.0.0.0.0", "v1.0", "en_US", "english", "a-b", "2026-02-30", "2026-13-01", "2026-11-23T20:00:00"),
    *("2026-11-23T20:00:00Z", "1900-02-29T20:00:00+00:00", "2026-11-23T24:00:00+00:00", "2026-11-23T20:00:00+24:00"),
    *([], {}, [[]], [{}], [None], [True, 1], ["a", "a"], ["a", "tea/a"], [["a", 1]], {"a": 1}, {"A": "x"}, {"": ""}),
    {"n": 1},
    {"resolved": "a", "done": "b"},
    {"not": {"resolved": "a"}},
    {"count": {"n": 1, "skill": "trust", "depth": 1}},
)
_NAMES = ("unknown", "kind", "Text", "skil", "n", "", "a/b", "title", "after", "requires", "s" * 65, "UPPER", "tea/a")


def paths_of(document: Json, path: Path = ()) -> Iterator[Path]:
    """Give the path of every value in a document, its own first."""
    yield path
    parts = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, part in parts:
        yield from paths_of(part, (*path, key))


def value_at(document: Json, path: Path) -> Json:
    """Return the value at a path."""
    for key in path:
        document = document[key]
    return document


def replaced(document: Json, path: Path, value: Json) -> Json:
    """Return the document with another value at a path."""
    if not path:
        return deepcopy(value)
    document = deepcopy(document)
    value_at(document, path[:-1])[path[-1]] = deepcopy(value)
    return document


def _without(document: Json, path: Path) -> Json:
    document = deepcopy(document)
    if path:
        del value_at(document, path[:-1])[path[-1]]
    return document


def _renamed(document: Json, path: Path, name: str) -> Json:
    if not path or not isinstance(path[-1], str):
        return document
    document = deepcopy(document)
    parent = value_at(document, path[:-1])
    parent[name] = parent.pop(path[-1])
    return document


def _with_more(document: Json, path: Path, name: str, junk: Json, times: int) -> Json:
    """Return the document with an unknown field, a list grown by copies or by others, or a longer text."""
    value = value_at(document, path)
    if isinstance(value, dict):
        return replaced(document, path, {**value, name: junk})
    if isinstance(value, list):
        return replaced(document, path, [*value, *(value[:1] or [junk]) * times])
    return replaced(document, path, value * times if isinstance(value, str) else junk)


def _nested(document: Json, path: Path, times: int) -> Json:
    """Return the document with the value at a path wrapped in gates."""
    value = deepcopy(value_at(document, path))
    for _ in range(times):
        value = {"all": [value]}
    return replaced(document, path, value)


@st.composite
def broken(draw: st.DrawFn, documents: st.SearchStrategy[Document]) -> Json:
    """Give a document with up to three mistakes in it; now and then none of them matters."""
    document: Json = deepcopy(draw(documents))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(list(paths_of(document))))
        junk, name = draw(st.sampled_from(_JUNK)), draw(st.sampled_from(_NAMES))
        times = draw(st.sampled_from((1, 2, 6, 51)))
        others = list(paths_of(document))
        other = value_at(document, draw(st.sampled_from(others)))
        breaking: Callable[[], Json] = draw(
            st.sampled_from(
                (
                    lambda: _without(document, path),  # noqa: B023 - called at once
                    lambda: replaced(document, path, junk),  # noqa: B023
                    lambda: replaced(document, path, other),  # noqa: B023
                    lambda: _renamed(document, path, name),  # noqa: B023
                    lambda: _with_more(document, path, name, junk, times),  # noqa: B023
                    lambda: _nested(document, path, times % 20),  # noqa: B023
                )
            )
        )
        document = breaking()
    return document


# The judges: two validators that are not ours, with nothing changed in them

_REFERRED_TO = ("definitions", "event")


@cache
def in_python(name: str) -> Draft202012Validator:
    """Return jsonschema's validator of one of the kit's schemas."""
    registry: Registry[Any] = Registry().with_resources(
        (f"{other}.schema.json", DRAFT202012.create_resource(schema(other))) for other in _REFERRED_TO
    )
    return Draft202012Validator(schema(name), registry=registry)


@cache
def in_rust(name: str) -> jsonschema_rs.Draft202012Validator:
    """Return jsonschema-rs' validator of one of the kit's schemas."""
    registry = jsonschema_rs.Registry(
        [(f"json-schema:///{other}.schema.json", schema(other)) for other in _REFERRED_TO]
    )
    return jsonschema_rs.Draft202012Validator(schema(name), registry=registry, base_uri=f"json-schema:///{name}")
