"""Installed packs: what is broken, hostile or half there is told in a line, and takes nothing down with it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from little_installs import document, info_of, install, package_of, record
from strategies import PROMPT, Json, as_bytes, pack_of

from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import kit_release
from intimacy_kit.loading.installed import find
from intimacy_kit.loading.preflight import CONTENT
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import suggest

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
BROKEN = "intimacy-pack-broken 1.0"
BROKEN_FOLDER = "intimacy_pack_broken-1.0.dist-info"
NO_LINKS = not hasattr(os, "geteuid")  # where links need rights, and pipes have no name


class Install:
    """The pack ``broken`` in a folder beside a healthy one: whole, until a test breaks it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.info = info_of(site, "intimacy-pack-broken")
        self.package = site / package_of("broken")
        self.pack = self.package / "pack.json"
        install(site, "broken")

    def write(self, data: bytes) -> None:
        """Replace ``pack.json`` in good faith: RECORD says so too."""
        self.pack.write_bytes(data)
        record(self.site, "broken")

    def points_at(self, package: str) -> None:
        """Let the entry point name something else."""
        (self.info / "entry_points.txt").write_text(f"[intimacy_kit.packs]\nbroken = {package}\n", "utf-8")

    def add(self, name: str, text: str = "") -> None:
        """Put a file into the package, in good faith."""
        (self.package / name).parent.mkdir(exist_ok=True)
        (self.package / name).write_text(text, "utf-8")
        record(self.site, "broken")

    def records(self, line: str) -> None:
        """Add a line to RECORD."""
        with (self.info / "RECORD").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def comes_from(self, origin: object) -> None:
        """Write down where it was installed from."""
        text = origin if isinstance(origin, str) else json.dumps(origin)
        (self.info / "direct_url.json").write_text(text, "utf-8")


def _said_of(catalog: Catalog) -> list[str]:
    return [str(problem) for problem in catalog.problems]


def _whole(lines: list[str]) -> list[str]:
    """Put the distribution before each line; without metadata it goes by the name of its folder."""
    return [f"{BROKEN_FOLDER if line == NO_METADATA else BROKEN}: {line}" for line in lines]


def _pack(**more: Json) -> bytes:
    return as_bytes({**document("broken"), **more})


def _link(place: Path, target: Path) -> None:
    shutil.move(place, target)
    place.symlink_to(target, target_is_directory=target.is_dir())


def _pipe(one: Install) -> None:
    one.pack.unlink()
    os.mkfifo(one.pack)


def _folder(one: Install) -> None:
    one.pack.unlink()
    one.pack.mkdir()


def _gone(one: Install) -> None:
    one.pack.unlink()
    record(one.site, "broken")


def _fewer_lines(one: Install) -> None:
    lines = (one.info / "RECORD").read_text("utf-8").splitlines(keepends=True)
    (one.info / "RECORD").write_text("".join(line for line in lines if "pack.json" not in line), "utf-8")


def _weak_digest(one: Install) -> None:
    text = (one.info / "RECORD").read_text("utf-8")
    (one.info / "RECORD").write_text(text.replace("sha256=", "md5="), "utf-8")


def _without_name(one: Install) -> None:
    (one.info / "METADATA").write_text("Metadata-Version: 2.4\nVersion: 1.0\n", "utf-8")


def _hostile_init(one: Install, end: str) -> None:
    one.add("__init__.py", f"open({str(one.site / 'was-run')!r}, 'w').close()\n{end}\n")


def _editable_project_gone(one: Install) -> None:
    one.comes_from({"url": (one.site / "gone").as_uri(), "dir_info": {"editable": True}})


NOT_TOP_LEVEL = (
    "K302 the entry point 'broken' must name a top-level package "
    '(such as tea = "intimacy_pack_tea", without a dot or a colon)'
)
OUTSIDE = "K306 its RECORD names files outside the environment (do not use it)"
NO_FILE = "K305 its pack.json is a link or no file (a pack holds its own files)"
NO_RECORD = "K306 its RECORD cannot be read (reinstall it)"
NO_ORIGIN = "K301 its direct_url.json cannot be read (reinstall it)"
NO_METADATA = "K301 its metadata is missing or cannot be read (reinstall it)"
HOLDS_CODE = "(a pack is data only; __init__.py stays empty)"

#: What is wrong with the pack ``broken``, how it came to be, and the lines that tell it.
KINDS: list[tuple[str, Callable[[Install], object], list[str]]] = [
    (
        "not JSON",
        lambda one: one.write(b"<html>"),
        [
            (
                "pack.json:1:1: K003 this is not JSON: expecting value "
                "(it breaks off, or was changed by hand; take a whole copy)"
            )
        ],
    ),
    (
        "an empty file",
        lambda one: one.write(b""),
        [
            (
                "pack.json:1:1: K003 this is not JSON: expecting value "
                "(it breaks off, or was changed by hand; take a whole copy)"
            )
        ],
    ),
    (
        "cut off",
        lambda one: one.write(_pack()[:40]),
        [
            (
                "pack.json:1:41: K003 this is not JSON: expecting value "
                "(it breaks off, or was changed by hand; take a whole copy)"
            )
        ],
    ),
    (
        "of a later format",
        lambda one: one.write(_pack(format=2, requires_kit="9.1", new="x")),
        ["pack.json:1:12: K309 the pack is in format 2, this kit reads format 1 (it needs intimacy-kit 9.1 or newer)"],
    ),
    (
        "of a later format that names no kit",
        lambda one: one.write(_pack(format=3)),
        ["pack.json:1:12: K309 the pack is in format 3, this kit reads format 1 (upgrade intimacy-kit)"],
    ),
    (
        "for a later kit",
        lambda one: one.write(_pack(requires_kit="99.0")),
        [f"pack.json:1:336: K311 this is intimacy-kit {kit_release()} (it needs intimacy-kit 99.0 or newer)"],
    ),
    (
        "an __init__ that raises",
        lambda one: _hostile_init(one, "raise RuntimeError"),
        [f"K312 it holds code: __init__.py {HOLDS_CODE}"],
    ),
    (
        "an __init__ that exits",
        lambda one: _hostile_init(one, "raise SystemExit"),
        [f"K312 it holds code: __init__.py {HOLDS_CODE}"],
    ),
    ("a module", lambda one: one.add("extra.py"), [f"K312 it holds code: extra.py {HOLDS_CODE}"]),
    ("a module further in", lambda one: one.add("in/a.py"), [f"K312 it holds code: in/a.py {HOLDS_CODE}"]),
    ("a compiled module", lambda one: one.add("a.pyc"), [f"K312 it holds code: a.pyc {HOLDS_CODE}"]),
    ("an extension", lambda one: one.add("fast.so"), [f"K312 it holds code: fast.so {HOLDS_CODE}"]),
    (
        "a .pth file",
        lambda one: one.records("broken.pth,,"),
        ["K312 it installs code: broken.pth (a pack is data only)"],
    ),
    (
        "a module beside it",
        lambda one: one.records("evil.py,,"),
        ["K312 it installs code: evil.py (a pack is data only)"],
    ),
    (
        "no pack.json",
        _gone,
        [f"K304 it was installed without {package_of('broken')}/pack.json (its builder must include that file)"],
    ),
    (
        "a deleted pack.json",
        lambda one: one.pack.unlink(),
        ["K304 there is no pack.json in its package (reinstall it)"],
    ),
    (
        "a deleted package",
        lambda one: shutil.rmtree(one.package),
        [f"K303 there is no package '{package_of('broken')}' (reinstall it)"],
    ),
    ("a folder called pack.json", _folder, [NO_FILE]),
    ("an entry point into the parent folder", lambda one: one.points_at("../evil"), [NOT_TOP_LEVEL]),
    ("an entry point with a dot", lambda one: one.points_at("a.b"), [NOT_TOP_LEVEL]),
    ("an entry point with an object", lambda one: one.points_at("a:b"), [NOT_TOP_LEVEL]),
    ("an entry point in capitals", lambda one: one.points_at("Evil"), [NOT_TOP_LEVEL]),
    ("an absolute entry point", lambda one: one.points_at("/etc"), [NOT_TOP_LEVEL]),
    ("an entry point to nothing", lambda one: one.points_at(""), [NOT_TOP_LEVEL]),
    ("an entry point with extras", lambda one: one.points_at("intimacy_pack_broken [x]"), [NOT_TOP_LEVEL]),
    ("RECORD with ../", lambda one: one.records("../outside.txt,,"), [OUTSIDE]),
    ("RECORD with an absolute path", lambda one: one.records("/etc/passwd,,"), [OUTSIDE]),
    ("RECORD with backslashes", lambda one: one.records("..\\outside.txt,,"), [OUTSIDE]),
    ("RECORD that is no table", lambda one: one.records('"one,'), [NO_RECORD]),
    ("RECORD with too few columns", lambda one: one.records("one"), [NO_RECORD]),
    ("RECORD that is not UTF-8", lambda one: (one.info / "RECORD").write_bytes(b"\xff,,\n"), [NO_RECORD]),
    (
        "RECORD without pack.json",
        _fewer_lines,
        [f"K304 it was installed without {package_of('broken')}/pack.json (its builder must include that file)"],
    ),
    (
        "a changed byte",
        lambda one: one.pack.write_bytes(_pack(about="Over a cap.")),
        ["K307 its pack.json was changed after it was installed (reinstall it)"],
    ),
    ("a weak digest", _weak_digest, ["K307 its RECORD uses the digest md5 (it must be sha256 or stronger)"]),
    (
        "another name than its entry point",
        lambda one: one.write(_pack(name="other")),
        ["K310 the entry point is called 'broken', the pack in it 'other' (give them the same name)"],
    ),
    (
        "entry points that are not UTF-8",
        lambda one: (one.info / "entry_points.txt").write_bytes(b"[intimacy_kit.packs]\n\xff = a\n"),
        ["K302 its entry points cannot be read (reinstall it)"],
    ),
    (
        "entry points without =",
        lambda one: (one.info / "entry_points.txt").write_text("[intimacy_kit.packs]\nbroken\n", "utf-8"),
        ["K302 its entry points are not written as they must be (reinstall it)"],
    ),
    ("no METADATA", lambda one: (one.info / "METADATA").unlink(), [NO_METADATA]),
    ("METADATA without a name", _without_name, [NO_METADATA]),
    ("METADATA that is not UTF-8", lambda one: (one.info / "METADATA").write_bytes(b"Name: \xff\n"), [NO_METADATA]),
    ("a broken direct_url.json", lambda one: one.comes_from("{"), [NO_ORIGIN]),
    ("a direct_url.json of another shape", lambda one: one.comes_from([1]), [NO_ORIGIN]),
    ("an editable project without a place", lambda one: one.comes_from({"dir_info": {"editable": True}}), [NO_ORIGIN]),
    (
        "a file that is too big",
        lambda one: one.write(b" " * (CONTENT.size + 1)),
        ["pack.json: K005 the file is larger than 64 MB (see whether it is the file that was meant)"],
    ),
    (
        "deep nesting",
        lambda one: one.write(b"[" * 100_000),
        ["pack.json: K006 values stand inside each other more than 32 deep"],
    ),
    (
        "control characters",
        lambda one: one.write(_pack(title="\x1b[2J")),
        [
            (
                "pack.json:1:42: K009 a text holds the character U+001B "
                "(a control character), which cannot be seen or changes how text is shown"
            )
        ],
    ),
    (
        "not UTF-8",
        lambda one: one.write(b'{"name": "\xff"}'),
        ["pack.json:1:11: K001 the file is not UTF-8 (save it again, and choose UTF-8 as its encoding)"],
    ),
    (
        "references that lead nowhere",
        lambda one: one.write(as_bytes(pack_of({**PROMPT, "links": ["nowhere"]}, name="broken"))),
        [
            (
                "pack.json:1:309: K202 there is no activity 'nowhere' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            )
        ],
    ),
    (
        "several mistakes",
        lambda one: one.write(as_bytes(pack_of({**PROMPT, "depth": 9, "mood": "sad"}, name="broken"))),
        [
            "pack.json:1:240: K107 9 is too large, the most is 4 (write a number from 1 to 4)",
            (
                "pack.json:1:307: K104 'sad' is not known here "
                "(it is one of playful, ordinary, grateful, curious, tender, hard)"
            ),
        ],
    ),
]
LINKS: list[tuple[str, Callable[[Install], object], list[str]]] = [
    ("a linked pack.json", lambda one: _link(one.pack, one.site.parent / "elsewhere.json"), [NO_FILE]),
    (
        "a linked package",
        lambda one: _link(one.package, one.site.parent / "elsewhere"),
        [f"K305 its package '{package_of('broken')}' is a link (a pack holds its own files)"],
    ),
    ("a pipe called pack.json", _pipe, [NO_FILE]),
]
every_kind = pytest.mark.parametrize(
    ("breaks", "lines"),
    [
        *(pytest.param(breaks, lines, id=name) for name, breaks, lines in KINDS),
        *(
            pytest.param(breaks, lines, id=name, marks=pytest.mark.skipif(NO_LINKS, reason="needs links and pipes"))
            for name, breaks, lines in LINKS
        ),
    ],
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    install(folder, "tea")
    return folder


def installed(site: Path, *, strict: bool = False) -> Catalog:
    return Catalog.installed(path=[str(site)], strict=strict)


def _is_playable(catalog: Catalog) -> bool:
    suggested = suggest(catalog, Progress(), Boundaries(), now=NOW)
    return [suggestion.activity.id for suggestion in suggested] == ["tea/first-cup"]


@every_kind
def test_a_broken_pack_is_told_in_a_line_and_the_healthy_one_plays(
    site: Path, breaks: Callable[[Install], object], lines: list[str]
) -> None:
    # attack 44, attack 45, attack 46, attack 47, attack 50, attack 51, attack 54
    breaks(Install(site))
    catalog = installed(site)
    assert _said_of(catalog) == _whole(lines)
    assert [pack.name for pack in catalog.packs] == ["tea"]
    assert _is_playable(catalog)


@every_kind
def test_a_strict_host_gets_an_error_instead(site: Path, breaks: Callable[[Install], object], lines: list[str]) -> None:
    breaks(Install(site))
    with pytest.raises(InvalidPackError) as refused:
        installed(site, strict=True)
    assert [str(problem) for problem in refused.value.problems] == _whole(lines)
    assert str(refused.value).endswith(_whole(lines)[0] if len(lines) == 1 else "; and 1 more in .problems")


@pytest.mark.parametrize("end", ["raise RuntimeError", "raise SystemExit", "import os; os._exit(3)"])
def test_an_init_of_a_pack_is_not_run(site: Path, end: str) -> None:
    # attack 53
    _hostile_init(Install(site), end)
    assert _is_playable(installed(site))
    assert package_of("broken") not in sys.modules
    assert not (site / "was-run").exists()


def test_there_are_many_kinds_of_broken_packs() -> None:
    assert len({name for name, _, _ in (*KINDS, *LINKS)}) >= 24


def test_healthy_packs_have_no_problems(site: Path) -> None:
    install(site, "coffee")
    catalog = installed(site, strict=True)
    assert (catalog.problems, catalog.refused) == ((), frozenset())
    assert [pack.name for pack in catalog.packs] == ["coffee", "tea"]


def test_what_is_found_says_where(site: Path) -> None:
    (found,) = find(kit_release(), path=[str(site)])
    assert (found.distribution, found.name, found.folder) == ("intimacy-pack-tea 1.0", "tea", site / package_of("tea"))
    assert found.read.problems == ()


def test_packs_of_the_environment_are_found_on_the_import_path(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(site)
    catalog = Catalog.installed()
    assert catalog.has_pack("tea")
    assert catalog.has_pack("foundations")
    assert catalog.problems == ()


def test_an_empty_environment_has_no_packs(tmp_path: Path) -> None:
    assert (dict(Catalog.installed(path=[])), dict(Catalog.installed(path=[str(tmp_path)]))) == ({}, {})


def test_a_name_of_two_distributions_is_refused_for_both_and_both_are_named(site: Path) -> None:
    # attack 52
    install(site, "broken")
    install(site, "broken", distribution="intimacy-pack-brokem")
    said = (
        "K308 the pack 'broken' comes from more than one distribution: "
        "intimacy-pack-brokem 1.0, intimacy-pack-broken 1.0 (uninstall all but one)"
    )
    catalog = installed(site)
    assert sorted(_said_of(catalog)) == [f"intimacy-pack-brokem 1.0: {said}", f"intimacy-pack-broken 1.0: {said}"]
    assert catalog.refused == {"broken"}
    assert _is_playable(catalog)


def test_the_same_distribution_twice_on_the_path_counts_once_and_the_first_wins(tmp_path: Path) -> None:
    # attack 48
    install(tmp_path / "one", "tea")
    install(tmp_path / "two", "tea", as_bytes(pack_of()))
    (tmp_path / "two" / "intimacy_pack_tea-1.0.dist-info").rename(tmp_path / "two" / "Intimacy.Pack_Tea-1.0.dist-info")
    metadata = tmp_path / "two" / "Intimacy.Pack_Tea-1.0.dist-info" / "METADATA"
    metadata.write_text("Metadata-Version: 2.4\nName: Intimacy.Pack_Tea\nVersion: 1.0\n", "utf-8")
    path = [str(tmp_path / "one"), str(tmp_path / "two")]
    assert _is_playable(Catalog.installed(path=path, strict=True))
    assert len(Catalog.installed(path=path[::-1], strict=True)) == 0


def test_a_distribution_without_a_pack_also_stands_before_one_of_its_name(tmp_path: Path) -> None:
    # attack 48
    for folder in ("one", "two"):
        install(tmp_path / folder, "tea")
    (tmp_path / "one" / "intimacy_pack_tea-1.0.dist-info" / "entry_points.txt").write_text("", "utf-8")
    path = [str(tmp_path / "one"), str(tmp_path / "two")]
    assert len(Catalog.installed(path=path, strict=True)) == 0
    assert _is_playable(Catalog.installed(path=path[::-1], strict=True))


def test_what_was_left_behind_of_another_version_counts_once_with_it(tmp_path: Path) -> None:
    # attack 48
    install(tmp_path, "tea")
    info = tmp_path / "intimacy_pack_tea-1.0.dist-info"
    shutil.copytree(info, tmp_path / "intimacy_pack_tea-0.9.dist-info")
    assert _is_playable(Catalog.installed(path=[str(tmp_path)], strict=True))


def test_the_refused_are_named_so_that_gates_do_not_open_because_of_them(site: Path) -> None:
    Install(site).write(b"[")
    assert installed(site).refused == {"broken"}


def test_a_strict_error_names_the_pack_its_first_problem_is_about(site: Path) -> None:
    for name in ("zebra", "aardvark"):
        install(site, name, b"[")
    with pytest.raises(InvalidPackError) as refused:
        installed(site, strict=True)
    assert str(refused.value).startswith(
        f"pack '{refused.value.pack}' cannot be used: intimacy-pack-{refused.value.pack} "
    )


def test_a_distribution_may_hold_several_packs_of_which_one_is_broken(site: Path) -> None:
    one = Install(site)
    install(site, "coffee")
    shutil.rmtree(info_of(site, "intimacy-pack-coffee"))
    lines = [f"{pack} = {package_of(pack)}" for pack in ("broken", "coffee")]
    (one.info / "entry_points.txt").write_text("\n".join(["[intimacy_kit.packs]", *lines]), "utf-8")
    (one.info / "RECORD").unlink()
    one.pack.write_bytes(b"[]")
    catalog = installed(site)
    assert _said_of(catalog) == [
        f"{BROKEN}: pack.json:1:1: K103 this should be a group of fields (write a field in each line, as 'name: value')"
    ]
    assert [pack.name for pack in catalog.packs] == ["coffee", "tea"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[console_scripts]\nbroken = a.b:c\n",
        "[intimacy_kit.packs]\n",
        "[console_scripts]\nbroken\n",
        "# intimacy_kit.packs\n",
    ],
    ids=repr,
)
def test_a_distribution_without_packs_is_none_of_our_business(site: Path, text: str) -> None:
    (Install(site).info / "entry_points.txt").write_text(text, "utf-8")
    assert _is_playable(installed(site, strict=True))


def test_a_distribution_without_entry_points_is_none_of_our_business_whatever_else_is_wrong(site: Path) -> None:
    one = Install(site)
    for file in one.info.iterdir():
        file.unlink()
    assert _is_playable(installed(site, strict=True))


@pytest.mark.parametrize("record", ["", None])
def test_without_record_a_pack_is_read_as_it_lies_there(site: Path, record: str | None) -> None:
    one = Install(site)
    one.pack.write_bytes(_pack(about="Over a cap."))
    (one.info / "RECORD").unlink() if record is None else (one.info / "RECORD").write_text(record, "utf-8")
    assert [str(pack.about) for pack in installed(site, strict=True).packs] == ["Over a cap.", "Over a cup."]


def test_a_record_without_a_digest_is_believed_to_list_the_file(site: Path) -> None:
    one = Install(site)
    (one.info / "RECORD").write_text(f"{package_of('broken')}/pack.json,,\n", "utf-8")
    assert len(installed(site, strict=True)) == 2


def test_what_python_compiled_by_itself_is_no_code_of_the_pack(site: Path) -> None:
    one = Install(site)
    (one.package / "__pycache__").mkdir()
    (one.package / "__pycache__" / "__init__.cpython-311.pyc").write_bytes(b"whatever")
    one.add("README.md", "Hello.")
    assert len(installed(site, strict=True)) == 2


@pytest.mark.parametrize("layout", ["src", "."])
def test_an_editable_install_is_read_from_its_project(site: Path, layout: str) -> None:
    # attack 55
    one = Install(site)
    project = site.parent / "a project"
    shutil.copytree(one.package, project / layout / one.package.name)
    shutil.rmtree(one.package)
    (one.info / "RECORD").write_text("__editable__.intimacy_pack_broken.pth,sha256=x,9\n", "utf-8")
    one.comes_from({"url": project.as_uri(), "dir_info": {"editable": True}})
    catalog = installed(site, strict=True)
    assert [pack.name for pack in catalog.packs] == ["broken", "tea"]


def test_an_editable_install_whose_project_is_gone_is_told(site: Path) -> None:
    _editable_project_gone(Install(site))
    catalog = installed(site)
    assert _said_of(catalog) == [
        f"{BROKEN}: K303 there is no package '{package_of('broken')}' in {site / 'gone'} (install it again)"
    ]
    assert _is_playable(catalog)


@pytest.mark.parametrize(
    "origin", [{"url": "https://example.org/a.whl", "archive_info": {}}, {"url": "file:///a", "dir_info": {}}]
)
def test_an_install_from_elsewhere_is_an_ordinary_one(site: Path, origin: object) -> None:
    Install(site).comes_from(origin)
    assert len(installed(site, strict=True)) == 2


@pytest.fixture
def somebody_else() -> Iterator[None]:
    """Run as somebody who is not root, to whom files can be closed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_site() -> Iterator[Path]:
    """Give a folder that everybody may look into, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        install(Path(folder) / "site", "tea")
        Install(Path(folder) / "site").pack.chmod(0)
        yield Path(folder) / "site"


@pytest.mark.skipif(NO_LINKS, reason="needs files that are closed to their owner")
def test_a_pack_that_may_not_be_read_is_told(open_site: Path, somebody_else: None) -> None:  # noqa: ARG001
    catalog = installed(open_site)
    assert _said_of(catalog) == [f"{BROKEN}: K304 its files cannot be read: Permission denied (reinstall it)"]
    assert _is_playable(catalog)


WATCH = """
import json, sys
from intimacy_kit.loading.catalog import Catalog

seen = []
def hook(event, args):
    if event == "import":
        seen.append((event, str(args[0])))
    elif event == "exec":
        seen.append((event, args[0].co_filename))
    elif event in {"open", "os.listdir", "os.scandir"}:
        seen.append((event, str(args[0])))
    elif event.split(".")[0] in {"socket", "subprocess", "ctypes", "marshal", "pickle", "urllib", "shutil"}:
        seen.append((event, ""))
    elif event in {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.mkdir", "os.rename"}:
        seen.append((event, ""))

sys.addaudithook(hook)
catalog = Catalog.installed()
watched = list(seen)
print(json.dumps({
    "seen": watched,
    "packs": [pack.name for pack in catalog.packs],
    "problems": [str(problem) for problem in catalog.problems],
    "modules": sorted(sys.modules),
    "allowed": [sys.prefix, sys.base_prefix, *sys.path],
}))
"""


def test_finding_packs_runs_and_opens_nothing_that_is_not_its_own(site: Path) -> None:
    # attack 22, attack 53
    for name, breaks in (
        ("raising", lambda one: _hostile_init(one, "raise RuntimeError")),
        ("linked", lambda one: one.pack.unlink() or one.pack.symlink_to("/etc/hostname")),
        ("upwards", lambda one: one.points_at("../../etc")),
        ("explained", lambda one: one.write(b"{}")),
    ):
        folder = site if name == "raising" else site.parent / name
        if not NO_LINKS or name != "linked":
            breaks(Install(folder))
    folders = [site, *(site.parent / name for name in ("linked", "upwards", "explained"))]
    script = site.parent / "watch.py"
    script.write_text(WATCH, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=True)
    told = json.loads(run.stdout)

    seen = [(event, what) for event, what in told["seen"]]
    assert {"tea", "foundations"} <= set(told["packs"])
    assert len(told["problems"]) >= 1
    assert {event for event, _ in seen} <= {
        "import",
        "exec",
        "open",
        "os.listdir",
        "os.scandir",
        "marshal.loads",
        "marshal.load",
    }
    assert not [what for event, what in seen if event == "import" and what.startswith("intimacy_pack")]
    assert not [name for name in told["modules"] if name.startswith("intimacy_pack")]
    assert not [what for event, what in seen if event == "exec" and str(site.parent) in what]
    kit = Path(__file__).parents[2]
    allowed = [*map(Path, told["allowed"]), kit / "src", kit / "schemas", kit / "packs", *folders]
    places = {
        Path(what) for event, what in seen if event in {"open", "os.listdir", "os.scandir"} and what.startswith(os.sep)
    }
    assert [place for place in places if not any(place.is_relative_to(folder) for folder in allowed)] == []
    assert Path("/etc/hostname") not in places
    assert not (site / "was-run").exists()
