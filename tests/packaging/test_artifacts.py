"""What is in the wheels and the sdists, and that every kind of install finds the schemas."""

import json
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from hashlib import sha256
from pathlib import Path

import pytest
from environments import KIT, PACKS, Artifacts, Environment

#: The distributions, and the folder of each in the tree.
PROJECTS = {KIT: "", **{f"intimacy-pack-{folder.name}": f"packs/{folder.name}" for folder in PACKS}}
PACK_PROJECTS = [name for name in PROJECTS if name != KIT]

#: What a licence file begins with.
LICENCES = {"MIT": "MIT License", "CC-BY-4.0": "Attribution 4.0 International"}

#: Prints the names and digests of the schemas that are installed.
LIST_SCHEMAS = """
import hashlib, importlib.resources, json
schemas = [file for file in importlib.resources.files("intimacy_kit.schemas").iterdir() if file.name.endswith(".json")]
print(json.dumps({file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in schemas}))
"""


def names_in_wheel(wheel: Path) -> set[str]:
    """Return the names of all files in a wheel that are not about the distribution."""
    with zipfile.ZipFile(wheel) as opened:
        return {name for name in opened.namelist() if ".dist-info/" not in name}


def read_wheel(wheel: Path, name: str) -> bytes:
    """Return a file of a wheel; a name that begins with a slash is one of the folder about the distribution."""
    about = "-".join(wheel.name.split("-")[:2]) + ".dist-info"
    with zipfile.ZipFile(wheel) as opened:
        return opened.read(about + name if name.startswith("/") else name)


def read_sdist(sdist: Path) -> dict[str, bytes]:
    """Return the files of an sdist."""
    found = {}
    with tarfile.open(sdist) as opened:
        for member in opened:
            if file := opened.extractfile(member):
                found[member.name.partition("/")[2]] = file.read()
    return found


def metadata(wheel: Path) -> Message:
    return message_from_bytes(read_wheel(wheel, "/METADATA"))


@pytest.mark.parametrize("install", ["wheel", "wheel from the sdist", "editable"])
def test_every_schema_is_found_in_every_kind_of_install(built: Artifacts, tmp_path: Path, install: str) -> None:
    what: dict[str, tuple[str | Path, ...]] = {
        "wheel": (built.wheel(KIT),),
        "wheel from the sdist": (built.from_sdist,),
        "editable": ("--editable", built.tree),
    }
    environment = Environment.of(*what[install], folder=tmp_path)
    found = json.loads(environment.says(LIST_SCHEMAS))
    assert found == {path.name: sha256(path.read_bytes()).hexdigest() for path in built.tree.glob("schemas/*.json")}


def test_the_wheel_holds_modules_schemas_what_writers_are_shown_and_nothing_else(built: Artifacts) -> None:
    modules = {path.relative_to(built.tree / "src").as_posix() for path in built.tree.glob("src/intimacy_kit/**/*.py")}
    schemas = {f"intimacy_kit/schemas/{path.name}" for path in built.tree.glob("schemas/*.json")}
    beside = {"intimacy_kit/py.typed", "intimacy_kit/schemas/__init__.py"}
    authoring = built.tree / "src" / "intimacy_kit" / "authoring"
    for_writers = [
        *authoring.glob("codes/*.md"),
        *authoring.glob("preview/page/*"),
        *authoring.glob("starting/pack/**/*"),
    ]
    data = {path.relative_to(built.tree / "src").as_posix() for path in for_writers if path.is_file()}
    assert len(data) > 150
    assert names_in_wheel(built.wheel(KIT)) == modules | schemas | beside | data


def test_the_wheel_from_the_sdist_holds_what_the_wheel_from_the_tree_holds(built: Artifacts) -> None:
    assert names_in_wheel(built.from_sdist) == names_in_wheel(built.wheel(KIT))
    assert read_wheel(built.from_sdist, "/METADATA") == read_wheel(built.wheel(KIT), "/METADATA")


def test_the_kit_requires_three_distributions_to_run_and_no_more(built: Artifacts) -> None:
    required = metadata(built.wheel(KIT)).get_all("Requires-Dist", [])
    assert {one.partition(">")[0] for one in required if "extra ==" not in one} == {
        "attrs",
        "importlib-metadata",
        "jsonschema",
    }


@pytest.mark.parametrize("project", PROJECTS)
def test_no_requirement_has_an_upper_bound(built: Artifacts, project: str) -> None:
    about = metadata(built.wheel(project))
    required = [one.partition(";")[0] for one in about.get_all("Requires-Dist", [])]
    assert required
    for one in [*required, about["Requires-Python"]]:
        assert one.count(">=") == 1, one
        assert not set("<~!,") & set(one), one


@pytest.mark.parametrize("project", PROJECTS)
def test_the_licence_is_named_and_is_in_the_wheel_and_in_the_sdist(built: Artifacts, project: str) -> None:
    licence = "MIT" if project == KIT else "CC-BY-4.0"
    about = metadata(built.wheel(project))
    assert about["License-Expression"] == licence
    assert about.get_all("License-File") == ["LICENSE"]
    text = read_wheel(built.wheel(project), "/licenses/LICENSE")
    assert text.decode().startswith(LICENCES[licence])
    assert (
        text == read_sdist(built.sdist(project))["LICENSE"] == (built.tree / PROJECTS[project] / "LICENSE").read_bytes()
    )


@pytest.mark.parametrize("project", PACK_PROJECTS)
def test_the_wheel_of_a_pack_holds_its_content_and_an_empty_module_and_nothing_else(
    built: Artifacts, project: str
) -> None:
    package, wheel = project.replace("-", "_"), built.wheel(project)
    assert names_in_wheel(wheel) == {f"{package}/__init__.py", f"{package}/pack.json"}
    assert read_wheel(wheel, f"{package}/__init__.py") == b""
    compiled = built.tree / PROJECTS[project] / "src" / package / "pack.json"
    assert read_wheel(wheel, f"{package}/pack.json") == compiled.read_bytes()


@pytest.mark.parametrize("project", PACK_PROJECTS)
def test_a_pack_and_its_distribution_say_the_same_of_it(built: Artifacts, project: str) -> None:
    package, wheel = project.replace("-", "_"), built.wheel(project)
    pack, about = json.loads(read_wheel(wheel, f"{package}/pack.json")), metadata(wheel)
    assert (pack["version"], pack["licence"]) == (about["Version"], about["License-Expression"])
    assert f"intimacy-kit>={pack['requires_kit']}" in about.get_all("Requires-Dist", [])
    entry_points = read_wheel(wheel, "/entry_points.txt").decode().split("\n")
    assert entry_points[:2] == ["[intimacy_kit.packs]", f"{pack['name']} = {package}"]


@pytest.mark.parametrize("project", PACK_PROJECTS)
def test_the_sdist_of_a_pack_holds_all_its_sources(built: Artifacts, project: str) -> None:
    tree = built.tree / PROJECTS[project]
    sources = {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    assert {Path(name).suffix for name in sources} >= {".yaml", ".md", ".json", ".toml"}
    packed = read_sdist(built.sdist(project))
    assert {name: packed.get(name) for name in sources} == sources
