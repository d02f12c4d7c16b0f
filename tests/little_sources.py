"""A little pack as a writer keeps it, in a folder: its sources, and PO files with some words in them."""

from collections.abc import Mapping
from pathlib import Path

from intimacy_kit.authoring.building import build, compile_pack
from intimacy_kit.authoring.languages.extracting import Template, extract
from intimacy_kit.content.packs import Pack

MANIFEST = """format: 1
name: tea
title: Tea
version: "1.0"
languages: [{languages}]
authors: [Ada]
licence: CC0-1.0
about: Over a cup.
"""
PROMPTS = """prompts:
  - id: first-cup
    text: Who made *your* first cup today?
    skills: [kindness]
    depth: 1
    minutes: 5
    follow_ups: {deeper: "Where was it, 20 years ago?"}
"""
EXERCISES = """exercises:
  - id: pour
    title: Pour
    about: One pours, the other one waits.
    skills: [trust]
    depth: 1
    minutes: 5
    cautions: [Stop when you like.]
    steps:
      - text: Boil the water.
      - text: Pour it out slowly.
"""

#: Spanish for all of it.
SPANISH = {
    "title": "Té",
    "about": "Con una taza.",
    "first-cup/text": "¿Quién preparó *tu* primera taza de hoy?",
    "first-cup/follow_ups.deeper": "¿Dónde fue, hace 20 años?",
    "pour/title": "Servir",
    "pour/about": "Alguien sirve, y alguien espera.",
    "pour/cautions.1": "Paramos cuando queramos.",
    "pour/steps.1.text": "Hervimos el agua.",
    "pour/steps.2.text": "La servimos despacio.",
}


class Sources:
    """The sources of ``tea`` in a folder."""

    def __init__(self, root: Path, languages: str = "en, es") -> None:
        self.root = root
        (root / "prompts").mkdir(parents=True)
        (root / "exercises").mkdir()
        self.ships(languages)
        self.write("prompts/light.yaml", PROMPTS)
        self.write("exercises/table.yaml", EXERCISES)

    def ships(self, languages: str) -> None:
        """List languages in the manifest."""
        self.write("intimacy-pack.yaml", MANIFEST.format(languages=languages))

    def write(self, file: str, text: str) -> None:
        """Write a file."""
        path = self.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    def change(self, file: str, old: str, new: str) -> None:
        """Change some words in a file; they must stand there once."""
        text = (self.root / file).read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        self.write(file, text.replace(old, new))

    def read(self, file: str) -> str:
        """Return the text of a file."""
        return (self.root / file).read_text("utf-8")

    @property
    def pack(self) -> Pack:
        """The pack as it is written now."""
        built = compile_pack(self.root)
        assert built.pack is not None, built.problems
        return built.pack

    def extract(self, language: str = "es") -> str:
        """Bring a PO file up to date, and return its text."""
        found = extract(self.root, Template.of(self.pack, compile_pack(self.root).placed), language)
        assert found.problems == ()
        self.write(f"locale/{language}.po", found.text)
        return found.text

    def translate(self, words: Mapping[str, str], language: str = "es") -> None:
        """Write words into a PO file, as a translator would."""
        text = self.extract(language)
        for context, said in words.items():
            before, _, after = text.partition(f'msgctxt "{context}"\n')
            assert after, context
            original, _, rest = after.partition('msgstr ""\n')
            escaped = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            text = f'{before}msgctxt "{context}"\n{original}msgstr "{escaped}"\n{rest}'
        self.write(f"locale/{language}.po", text)

    def build(self) -> None:
        """Compile it."""
        assert build(self.root).pack is not None
