"""The files of a new pack: what to call it is given, the rest is laid out here."""

import json
import re
import string
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import field, frozen

from intimacy_kit.authoring.importing.yaml_words import yaml_text
from intimacy_kit.authoring.starting.licences import LICENCES, Licence
from intimacy_kit.authoring.starting.tongues import CLASSIFIERS
from intimacy_kit.content.checks import is_language_tag, is_slug
from intimacy_kit.errors import InvalidValueError, KitError
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.loading.preflight import bad_character

__all__ = ["EXAMPLE_LANGUAGES", "SCHEMA_FOLDER", "Beginning", "files_of", "refuse_unless_empty", "schema_files"]

#: The languages in which the kit has examples.
EXAMPLE_LANGUAGES = ("en", "de", "es")

#: Where a pack keeps its copy of the schemas, for editors; it works without a network, and on another machine.
SCHEMA_FOLDER = ".schemas"

#: The schemas that sources name, and what these refer to.
_SCHEMAS = (
    "check-ins",
    "definitions",
    "exercises",
    "guide",
    "journeys",
    "manifest",
    "migration",
    "prompts",
    "quality",
    "story",
)

#: Where each file of the template belongs; what names a module is filled in.
_PROJECT = {
    MANIFEST: "manifest.txt",
    "pyproject.toml": "pyproject.txt",
    "tests/test_pack.py": "test_pack.txt",
    ".github/workflows/check.yml": "check.txt",
    ".github/workflows/publish.yml": "publish.txt",
    ".vscode/settings.json": "settings.json",
    ".vscode/extensions.json": "extensions.json",
    ".gitattributes": "gitattributes.txt",
    ".gitignore": "gitignore.txt",
    "CHANGELOG.md": "changelog.txt",
    "WRITING.md": "writing.txt",
}
#: The examples, in each language; the story is called as it calls itself.
_EXAMPLES = {
    "README.md": "readme.txt",
    "prompts/first.yaml": "prompts.yaml",
    "exercises/first.yaml": "exercises.yaml",
    "journeys/first.yaml": "journeys.yaml",
}
_STORY_ID = re.compile(r"^id: (\S+)$", re.MULTILINE)
#: The first line of a source, which names its schema.
_FIRST_LINE = re.compile(r"^# yaml-language-server: .*\n", re.MULTILINE)

_LONGEST = 120

#: What may be in a folder already: what git and the desktops leave there by themselves.
_HARMLESS = {".git", ".DS_Store", "desktop.ini", "Thumbs.db"}


class _Filled(string.Template):
    """A text with places to fill: ``@@{name}``; a workflow has signs of its own, which are none of these."""

    delimiter = "@@"


def _line(_: object, attribute: Any, text: Any) -> None:
    name = attribute.name
    if type(text) is not str or not text.strip() or len(text) > _LONGEST or text != text.strip():
        raise InvalidValueError(name, f"must be a line of at most {_LONGEST} characters")
    if "\n" in text or bad_character(text):
        raise InvalidValueError(name, "holds a character that cannot be seen; type it anew")


def _slug(_: object, __: object, name: Any) -> None:
    if not is_slug(name):
        raise InvalidValueError("name", "must be plain lower-case letters and digits, such as evening-talks")


def _language(_: object, __: object, tag: Any) -> None:
    if not is_language_tag(tag):
        raise InvalidValueError("language", "must be a language tag, such as en or pt-BR")


@frozen
class Beginning:
    """What is to be known of a new pack before anything is written.

    >>> Beginning("Evening talks", "Ada", "evening-talks").example_language
    'en'
    """

    #: What people see.
    title: str = field(validator=_line)
    #: Who writes it.
    author: str = field(validator=_line)
    #: What it is called in ids and folders; the same for ever.
    name: str = field(validator=_slug)
    #: The tag of the language it is written in.
    language: str = field(default="en", validator=_language)
    #: Under what others may use it.
    licence: Licence = LICENCES[0]

    @property
    def example_language(self) -> str:
        """The language of the examples it begins with: its own where the kit has them, else English."""
        first = self.language.partition("-")[0]
        return first if first in EXAMPLE_LANGUAGES else "en"

    @property
    def examples_are_foreign(self) -> bool:
        """Whether the examples are in another language than the pack."""
        return self.example_language != self.language.partition("-")[0]


def refuse_unless_empty(folder: Path) -> None:
    """Raise KitError where a folder is something else, or holds anything already."""
    if folder.exists() and not folder.is_dir():
        raise KitError(f"'{folder}' is a file; name a folder that is empty, or one that is not there yet")
    if folder.is_dir() and any(path.name not in _HARMLESS for path in folder.iterdir()):
        raise KitError(f"'{folder}' is not empty; name a folder that is empty, or one that is not there yet")


def files_of(beginning: Beginning) -> dict[str, str]:
    """Return the text of each file of a new pack, by its place; the compiled pack is not among them."""
    module = f"src/intimacy_pack_{beginning.name.replace('-', '_')}/__init__.py"
    return {
        **_project(beginning),
        **_examples(beginning),
        **schema_files(),
        "LICENSE": beginning.licence.text(beginning.author),
        module: "",
    }


def schema_files() -> dict[str, str]:
    """Return the schemas that an editor needs, by their place in the folder of a pack."""
    kept = files("intimacy_kit.schemas")
    named = [f"{name}.schema.json" for name in _SCHEMAS]
    return {f"{SCHEMA_FOLDER}/{name}": (kept / name).read_text("utf-8") for name in named}


def _template(folder: str, file: str) -> str:
    return (files("intimacy_kit.authoring.starting") / "pack" / folder / file).read_text("utf-8")


def _project(beginning: Beginning) -> dict[str, str]:
    words = _words(beginning)
    return {place: _Filled(_template("project", file)).substitute(words) for place, file in _PROJECT.items()}


def _examples(beginning: Beginning) -> dict[str, str]:
    language, words = beginning.example_language, _words(beginning)
    found = {place: _template(language, file) for place, file in _EXAMPLES.items()}
    story = _template(language, "story.md")
    found[f"stories/{_STORY_ID.findall(story)[0]}.md"] = story
    found = {place: _Filled(text).substitute(words) for place, text in found.items()}
    if beginning.examples_are_foreign:
        return {place: _marked(text, beginning.language) for place, text in found.items()}
    return found


def _marked(text: str, language: str) -> str:
    """Say in a source that its words are in English, and not in the language of the pack."""
    said = f"# The pack is in '{language}' and these examples are English: write your own in their place.\n"
    return _FIRST_LINE.sub(lambda line: line[0] + said, text, count=1)


def _words(beginning: Beginning) -> dict[str, str]:
    """Return what is filled in."""
    about = _template(beginning.example_language, "about.txt").strip()
    called = CLASSIFIERS.get(beginning.language.partition("-")[0])
    return {
        "about": about,
        "about_in_toml": _toml(about),
        "author": beginning.author,
        "author_in_toml": _toml(beginning.author),
        "author_in_yaml": yaml_text(beginning.author, in_list=True),
        "language": yaml_text(beginning.language, in_list=True),
        "licence": beginning.licence.id,
        "licence_link": beginning.licence.link or "LICENSE",
        "module": beginning.name.replace("-", "_"),
        "name": beginning.name,
        "natural_language": f'\n    "Natural Language :: {called}",' if called else "",
        "title": beginning.title,
        "title_in_yaml": yaml_text(beginning.title),
    }


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
