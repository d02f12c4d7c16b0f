"""Two versions of foundations, made from the pack that is released: between them every kind of change there is."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

FOUNDATIONS = Path(__file__).parents[1] / "packs" / "foundations"

#: What is different in the second version: what it is about, and the kind of change.
EXPECTED = {
    ("", "language_added"),
    ("", "language_gone"),
    ("", "licence_changed"),
    ("a-silence-you-like", "gate_looser"),
    ("an-ordinary-tuesday", "gate_stricter"),
    ("closeness", "scale_changed"),
    ("coat-already-on", "topic_gone"),
    ("couples-therapist", "purpose_changed"),
    ("cross-and-not", "brought_back"),
    ("daily-kindness", "journey_changed"),
    ("eyes-still-on-you", "merged"),
    ("faithful-worry", "reworded"),
    ("first-steps", "journey_changed"),
    ("five-benefits", "meant_anew"),
    ("five-benefits", "question_added"),
    ("five-benefits", "question_gone"),
    ("five-benefits", "question_reworded"),
    ("go-on-hoping", "renamed"),
    ("have-you-eaten", "meant_anew"),
    ("keep-hoping", "reworded"),
    ("kindly-offered", "new_topic"),
    ("new-way", "journey_added"),
    ("no-longer-laugh-at", "skills_changed"),
    ("nobody-took", "retired"),
    ("old-way", "journey_gone"),
    ("other-way", "renamed"),
    ("pride-or-the-tea", "deeper"),
    ("pride-or-the-tea", "meant_anew"),
    ("say-i-dont-mind", "retired"),
    ("story-at-a-full-table", "split"),
    ("ten-minutes-unneeded", "settings_changed"),
    ("umbrella-stand", "added"),
    ("used-some-company", "lighter"),
    ("whose-hands", "merged"),
}

Fields = dict[str, Any]


class Sources:
    """The sources of foundations in a folder, to be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if not root.exists():
            shutil.copytree(FOUNDATIONS, root, ignore=shutil.ignore_patterns("dist", "src"))

    def manifest(self, **fields: Any) -> None:
        self._rewrite(self.root / "intimacy-pack.yaml", lambda document: document.update(fields))
        if "version" in fields:
            path = self.root / "pyproject.toml"
            lines = path.read_text("utf-8").split("\n")
            said = f'version = "{fields["version"]}"'
            path.write_text("\n".join(said if line.startswith("version = ") else line for line in lines), "utf-8")

    def change(self, slug: str, change: Callable[[Fields], None]) -> None:
        """Change the fields of one activity or journey in a YAML file."""
        path, key = next(
            (path, key)
            for path in self.root.glob("*/*.yaml")
            for key, listed in yaml.safe_load(path.read_text("utf-8")).items()
            if slug in {one["id"] for one in listed}
        )
        self._rewrite(path, lambda document: change(next(one for one in document[key] if one["id"] == slug)))

    def set(self, slug: str, **fields: Any) -> None:
        self.change(slug, lambda one: one.update(fields))

    def remove(self, *slugs: str) -> None:
        """Take activities and journeys out of their files, and out of what offers them."""
        for path in self.root.glob("*/*.yaml"):
            self._rewrite(path, lambda document: _without(document, set(slugs)))

    def add(self, folder: str, name: str, *listed: Fields) -> None:
        self._write(self.root / folder / f"{name}.yaml", {folder.replace("-", "_"): list(listed)})

    def migrate(self, name: str, *operations: Fields) -> None:
        self._write(self.root / "migrations" / f"{name}.json", {"operations": list(operations)})

    def _rewrite(self, path: Path, change: Callable[[Fields], object]) -> None:
        document = yaml.safe_load(path.read_text("utf-8"))
        change(document)
        self._write(path, document)

    def _write(self, path: Path, document: object) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")  # JSON is YAML, too


def _without(document: Fields, slugs: set[str]) -> None:
    for key, listed in document.items():
        document[key] = [one for one in listed if one["id"] not in slugs]
    for journey in document.get("journeys", []):
        for part in (*journey.get("stages", []), *journey.get("boosters", [])):
            part["offers"] = [offer for offer in part["offers"] if offer not in slugs]
            if "asks" in part:
                part["asks"] = min(part["asks"], len(part["offers"]))


def _prompt(slug: str, text: str, **fields: Any) -> Fields:
    return {"id": slug, "text": text, "skills": ["listening"], "depth": 1, "minutes": 5, **fields}


def _way(slug: str) -> Fields:
    stage = {"id": "one", "title": "One", "offers": ["the-heron-of-today"]}
    return {"id": slug, "title": slug.capitalize(), "about": "A way.", "stages": [stage]}


HERON = _prompt("the-heron-of-today", "Which bird, or which bus, did you nod to on your way home?")


def first_version(root: Path) -> Sources:
    """Make the version that people have used."""
    sources = Sources(root)
    sources.manifest(version="0.1.0", languages=["en", "de"])
    sources.set("cross-and-not", retired=True)
    sources.add("prompts", "more", HERON)
    sources.add("journeys", "ways", _way("old-way"), _way("other-way"))
    return sources


def second_version(root: Path) -> Sources:
    """Make the version that comes after it."""
    sources = first_version(root)
    sources.manifest(version="0.2.0", languages=["en", "es"], licence="CC-BY-SA-4.0")
    sources.set("go-on-hoping", id="keep-hoping", text="Against your own advice, what do you keep hoping for?")
    sources.remove("go-on-hoping", "whose-hands", "eyes-still-on-you", "story-at-a-full-table", "say-i-dont-mind")
    sources.add(
        "prompts",
        "more",
        HERON,
        _prompt("umbrella-stand", "Which umbrella in the stand is nobody's, and whose could it be?"),
        _prompt("hands-and-eyes", "Whose hands or eyes do you find in the mirror?", depth=2),
        _prompt("story-half-told", "Which story of yours do you never get to the end of at a full table?", depth=2),
        _prompt("story-well-told", "Which story of your partner's would you order again, like a dish?", depth=2),
    )
    sources.add("journeys", "ways", _way("new-way"), _way("another-way"))
    sources.migrate(
        "2027-03-hopes",
        {"op": "rename", "old": ["go-on-hoping"], "new": ["keep-hoping"]},
        {"op": "rename", "old": ["other-way"], "new": ["another-way"]},
        {"op": "merge", "old": ["whose-hands", "eyes-still-on-you"], "new": ["hands-and-eyes"]},
    )
    sources.migrate(
        "2027-03-tables",
        {
            "op": "split",
            "old": ["story-at-a-full-table"],
            "new": ["story-half-told", "story-well-told"],
            "credit": "offered",
        },
        {"op": "retire", "old": ["say-i-dont-mind"]},
    )
    sources.set("cross-and-not", retired=False)
    sources.set("nobody-took", retired=True)
    sources.set("faithful-worry", text="Which worry comes to your door so often that it has a chair?")
    sources.set("have-you-eaten", text="Which question at your table always meant another one?", rev=2)
    sources.set("pride-or-the-tea", depth=3, after="Leave both standing.", rev=2)
    sources.set("used-some-company", depth=2)
    sources.set("kindly-offered", topics=["health"])
    sources.set("coat-already-on", topics=["habits"])
    sources.set("an-ordinary-tuesday", requires={"count": {"depth": 1, "n": 6}})
    sources.set("a-silence-you-like", requires={"count": {"depth": 1, "n": 1}})
    sources.set("no-longer-laugh-at", skills=["repair"])
    sources.set("ten-minutes-unneeded", minutes=12)
    sources.change("five-benefits", _ask_otherwise)
    sources.change("closeness", lambda one: one["scale"].update(high=9))
    guide = root / "guides" / "couples-therapist.md"
    guide.write_text(guide.read_text("utf-8").replace("purpose: support", "purpose: practice"), "utf-8")
    return sources


def _ask_otherwise(check_in: Fields) -> None:
    trust, _, *others = check_in["questions"]
    trust["text"] = "How safe is a thing that you tell at home?"
    check_in["questions"] = [trust, *others, {"id": "laughing", "text": "How often did the same thing make you laugh?"}]
    check_in["rev"] = 2
