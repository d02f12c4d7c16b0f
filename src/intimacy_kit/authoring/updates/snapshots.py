"""What is remembered of a released pack, so that the next release can be held against it.

``build --release`` writes it into ``released.json``: ids, revisions, gates and what people agreed to (depth and
topics) as they are, words as digests. Two packs are compared through their snapshots, too.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from attrs import field, frozen

from intimacy_kit.content.gates import Gate
from intimacy_kit.loading.reading import gate_from

__all__ = ["Known", "Snapshot", "snapshot_of"]

#: What of an activity is not words, and is remembered as it is, with what goes without saying.
_KEPT: dict[str, Any] = {
    "kind": None,
    "rev": 1,
    "depth": None,
    "topics": [],
    "skills": [],
    "purpose": "practice",
    "requires": None,
    "retired": False,
    "aliases": [],
}
#: What else is not words; of it a digest is enough.
_SETTINGS = ("minutes", "suits", "repeat", "links", "evidence", "licence", "authors", "mood", "shape")
#: What a check-in asks, which is remembered part by part.
_ASKED = ("questions", "scale", "scoring")


@frozen(kw_only=True)
class Known:
    """What is remembered of one activity."""

    kind: str
    rev: int
    depth: int
    topics: frozenset[str]
    skills: frozenset[str]
    purpose: str
    #: The gate; None is open from the start.
    requires: Gate | None
    retired: bool
    #: The slugs it had before.
    aliases: frozenset[str]
    #: A digest of its words.
    words: str
    #: A digest of its minutes, rest times, links, evidence and so on.
    settings: str
    #: Of a check-in, a digest of each question by its slug.
    questions: Mapping[str, str]
    #: Of a check-in, a digest of its scale and of how it is read.
    scale: str


@frozen(kw_only=True)
class Snapshot:
    """What is remembered of one release of a pack; its ids are slugs."""

    name: str
    version: str
    languages: tuple[str, ...]
    licence: str
    requires_kit: str
    activities: Mapping[str, Known]
    #: A digest of each journey.
    journeys: Mapping[str, str]
    #: The operations of each migration, by its name.
    migrations: Mapping[str, tuple[Mapping[str, Any], ...]]
    #: As it stands in ``released.json``.
    document: Mapping[str, Any] = field(repr=False)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Snapshot":
        """Return the snapshot that a ``released.json`` holds; its schema has seen it."""
        return cls(
            name=document["name"],
            version=document["version"],
            languages=tuple(document["languages"]),
            licence=document["licence"],
            requires_kit=document["requires_kit"],
            activities={slug: _known(one, document["name"]) for slug, one in document["activities"].items()},
            journeys=document["journeys"],
            migrations={name: tuple(operations) for name, operations in document["migrations"].items()},
            document=document,
        )


def snapshot_of(compiled: Mapping[str, Any]) -> Snapshot:
    """Return what is remembered of a compiled pack, given as the document in its ``pack.json``.

    >>> tea = {"format": 1, "name": "tea", "title": "Tea", "version": "1.0", "languages": ["en"],
    ...        "authors": ["Ada"], "licence": "CC0-1.0", "about": "Over a cup.", "activities": [], "journeys": []}
    >>> snapshot_of(tea).version
    '1.0'
    """
    return Snapshot.from_document(
        {
            "format": 1,
            "name": compiled["name"],
            "version": compiled["version"],
            "languages": compiled["languages"],
            "licence": compiled["licence"],
            "requires_kit": compiled.get("requires_kit", "0.1"),
            "digest": _digest({name: value for name, value in compiled.items() if name != "version"}),
            "activities": {one["id"]: _remembered(one) for one in compiled["activities"]},
            "journeys": {one["id"]: _digest(one) for one in compiled["journeys"]},
            "migrations": {one["name"]: one["operations"] for one in compiled.get("migrations", [])},
        }
    )


def _remembered(activity: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: activity.get(name, default) for name, default in _KEPT.items()}
    kept = {name: value for name, value in kept.items() if value != _KEPT[name]}
    words = {name: value for name, value in activity.items() if name not in {"id", *_KEPT, *_SETTINGS, *_ASKED}}
    settings = {name: activity[name] for name in _SETTINGS if name in activity}
    remembered = {**kept, "words": _digest(words), "settings": _digest(settings)}
    if activity["kind"] == "check_in":
        remembered["questions"] = {one["id"]: _digest(one["text"]) for one in activity["questions"]}
        remembered["scale"] = _digest([activity["scale"], activity.get("scoring", "each")])
    return remembered


def _digest(value: object) -> str:
    """Return a digest of a JSON value; the same value has the same one, however it is written."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()[:32]


def _known(one: Mapping[str, Any], pack: str) -> Known:
    said = {**_KEPT, **one}
    return Known(
        kind=said["kind"],
        rev=said["rev"],
        depth=said["depth"],
        topics=frozenset(said["topics"]),
        skills=frozenset(said["skills"]),
        purpose=said["purpose"],
        requires=gate_from(said["requires"], pack) if said["requires"] else None,
        retired=said["retired"],
        aliases=frozenset(said["aliases"]),
        words=said["words"],
        settings=said["settings"],
        questions=said.get("questions", {}),
        scale=said.get("scale", ""),
    )
