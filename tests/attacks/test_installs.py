"""Rows 43 to 59 of the attack list, as far as tests/loading/test_installed.py does not show them already."""

import os
import shutil
import socket
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from little_installs import document, info_of, install, package_of, record
from strategies import PROMPT, as_bytes, pack_of

from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import ReadPack, load_pack, read_pack

NO_PIPES = not hasattr(os, "mkfifo")
needs_pipes = pytest.mark.skipif(NO_PIPES, reason="needs links, pipes and sockets with a name")


def said_of(site: Path) -> list[str]:
    return [str(problem).partition(": ")[2] for problem in Catalog.installed(path=[str(site)]).problems]


def codes_of(site: Path) -> list[str]:
    return [problem.code for problem in Catalog.installed(path=[str(site)]).problems]


def points_at(site: Path, package: str) -> None:
    entries = info_of(site, "intimacy-pack-tea") / "entry_points.txt"
    entries.write_text(f"[intimacy_kit.packs]\ntea = {package}\n", "utf-8")


def records(site: Path, *lines: str) -> None:
    with (info_of(site, "intimacy-pack-tea") / "RECORD").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def opened_from_now_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the name of each file that is opened as packs are."""
    opened: list[str] = []
    real = os.open

    def watched(path: str, flags: int) -> int:
        opened.append(Path(path).name)
        return real(path, flags)

    monkeypatch.setattr(os, "open", watched)
    return opened


ODD_PACKAGES = [
    *(
        "..",
        "../x",
        "/",
        "/etc",
        "C:\\x",
        "C:x",
        "\\\\?\\C:\\x",
        "\\\\host\\share",
        "a\\b",
        "a/b",
        "a\0b",
        "NUL",
        "CON",
        "aux.txt",
    ),
    *(
        "a.",
        ".a",
        "~",
        "~root",
        "a b",
        "-a",
        "%2e%2e",
        "a" * 65,
        "a" * 5_000,
        "\u0430bc",
        "intimacy_pack_te\u0061\u0301",
    ),
]


@pytest.mark.parametrize("package", ODD_PACKAGES, ids=lambda package: ascii(package)[:30])
def test_an_entry_point_cannot_lead_anywhere_but_into_a_package_of_its_own(tmp_path: Path, package: str) -> None:
    # attack 43, attack 50
    install(tmp_path, "tea")
    points_at(tmp_path, package)
    assert codes_of(tmp_path) == ["K302"]


@pytest.mark.parametrize("name", ["con", "nul", "aux", "lpt1"])
def test_a_name_that_windows_keeps_for_itself_is_no_package(tmp_path: Path, name: str) -> None:
    # attack 43
    install(tmp_path, "tea")
    points_at(tmp_path, name)
    assert codes_of(tmp_path) == ["K304"]


@pytest.mark.parametrize(
    "line", ["../../x,,", "a/../../x,,", "/etc/passwd,sha256=x,1", "..\\x,,", "C:\\x,,", "\\\\?\\C:\\x,,", "a\\b,,"]
)
def test_a_record_that_reaches_outside_is_refused_and_what_it_names_is_not_opened(
    tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # attack 43, attack 45
    install(tmp_path, "tea")
    records(tmp_path, line)
    opened = opened_from_now_on(monkeypatch)
    assert said_of(tmp_path) == ["K306 its RECORD names files outside the environment (do not use it)"]
    assert opened == []


@pytest.mark.parametrize(
    "line", ["pack\0.json,,", f"{'a' * 5_000}/b,,", "CON,,", "a.,,", "C:/x,,", "\u202egnp.json,,"], ids=ascii
)
def test_a_record_may_name_what_it_likes_inside_and_only_the_pack_is_opened(
    tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # attack 43, attack 45
    install(tmp_path, "tea")
    records(tmp_path, line)
    opened = opened_from_now_on(monkeypatch)
    assert codes_of(tmp_path) == []
    assert opened == ["pack.json"]


def _pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize("line", ["evil.py,,", "./evil.pth,,", ".//evil.so,sha256=x,1", "a/../evil.py,,"])
def test_code_beside_the_package_is_seen_however_its_place_is_written(tmp_path: Path, line: str) -> None:
    # attack 43, attack 54
    install(tmp_path, "tea")
    records(tmp_path, line)
    assert codes_of(tmp_path) == ["K306" if ".." in line else "K312"]


def _socket(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        before = Path.cwd()
        os.chdir(file.parent)  # the name of a socket must be short
        try:
            one.bind(file.name)
        finally:
            os.chdir(before)


def _linked_folder(file: Path) -> None:
    (file.parent.parent / "elsewhere").mkdir()
    file.symlink_to(file.parent.parent / "elsewhere")


def _linked_to_nothing(file: Path) -> None:
    file.symlink_to(file.parent / "nothing")


def _linked_to_itself(file: Path) -> None:
    file.symlink_to(file)


def _device(file: Path) -> None:
    try:
        os.mknod(file, 0o20600, os.makedev(1, 5))  # as /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root can make a device")


@needs_pipes
@pytest.mark.parametrize(
    "make", [_pipe, _socket, _linked_folder, _linked_to_nothing, _linked_to_itself, _device, Path.mkdir]
)
def test_what_is_no_regular_file_is_refused_and_never_waited_for(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    # attack 44
    install(tmp_path, "tea")
    file = tmp_path / package_of("tea") / "pack.json"
    file.unlink()
    make(file)
    assert said_of(tmp_path) == ["K305 its pack.json is a link or no file (a pack holds its own files)"]


def test_a_file_that_an_installer_linked_hard_from_its_cache_is_a_file_as_any_other(tmp_path: Path) -> None:
    # attack 44: installers do this with every file, so it can be no reason to refuse one
    install(tmp_path / "site", "tea")
    file = tmp_path / "site" / package_of("tea") / "pack.json"
    shutil.move(file, tmp_path / "cached")
    os.link(tmp_path / "cached", file)
    assert codes_of(tmp_path / "site") == []


@needs_pipes
@pytest.mark.parametrize(
    ("swap", "code"),
    [
        pytest.param(_pipe, "K305", id="a pipe"),
        pytest.param(lambda file: file.symlink_to("/etc/passwd"), "K304", id="a link"),
        pytest.param(lambda file: file.write_bytes(as_bytes(pack_of(name="tea"))), "K307", id="other words"),
    ],
)
def test_a_file_that_is_swapped_between_the_look_and_the_reading_is_refused_and_not_waited_for(
    tmp_path: Path, swap: Callable[[Path], object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # attack 44, attack 47
    install(tmp_path, "tea")
    real = os.open

    def swap_first(path: str, flags: int) -> int:
        Path(path).unlink()
        swap(Path(path))
        return real(path, flags)

    monkeypatch.setattr(os, "open", swap_first)
    assert codes_of(tmp_path) == [code]


def test_a_pack_is_opened_once_and_what_was_read_is_what_is_checked_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # attack 47
    install(tmp_path, "tea")
    opened = opened_from_now_on(monkeypatch)

    def changed_meanwhile(data: bytes, file: str, *, kit: str) -> ReadPack:
        (tmp_path / package_of("tea") / "pack.json").write_bytes(b"evil")
        return read_pack(data, file, kit=kit)

    monkeypatch.setattr("intimacy_kit.loading.installed.read_pack", changed_meanwhile)
    assert list(Catalog.installed(path=[str(tmp_path)])) == ["tea/first-cup"]
    assert opened == ["pack.json"]


RECORDS_THAT_LIE = [
    ("sha256=AAAA", "K307"),
    ("sha256=", "K307"),
    ("md5=AAAA", "K307"),
    ("sha1=AAAA", "K307"),
    ("shake_128=AAAA", "K307"),
    ("SHA256=AAAA", "K307"),
    ("=", "K307"),
    ("AAAA", "K307"),
]


@pytest.mark.parametrize(("digest", "code"), RECORDS_THAT_LIE)
def test_only_the_digest_of_these_very_bytes_is_believed(tmp_path: Path, digest: str, code: str) -> None:
    # attack 46
    install(tmp_path, "tea")
    (info_of(tmp_path, "intimacy-pack-tea") / "RECORD").write_text(
        f"{package_of('tea')}/pack.json,{digest},1\n", "utf-8"
    )
    assert codes_of(tmp_path) == [code]


def test_of_a_file_that_record_names_twice_the_last_line_counts_and_a_lie_in_it_is_seen(tmp_path: Path) -> None:
    # attack 46
    install(tmp_path, "tea")
    records(tmp_path, f"{package_of('tea')}/pack.json,sha256=AAAA,1")
    assert codes_of(tmp_path) == ["K307"]


def test_names_that_differ_by_case_are_never_two_packs(tmp_path: Path) -> None:
    # attack 48
    install(tmp_path, "tea")
    info = info_of(tmp_path, "intimacy-pack-tea")
    (info / "entry_points.txt").write_text(
        f"[intimacy_kit.packs]\ntea = {package_of('tea')}\nTea = {package_of('tea')}\nTEA = Intimacy_Pack_Tea\n",
        "utf-8",
    )
    catalog = Catalog.installed(path=[str(tmp_path)])
    assert [pack.name for pack in catalog.packs] == ["tea"]
    assert [problem.code for problem in catalog.problems] == ["K310", "K302"]


def _zipped(site: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in site.rglob("*"):
            archive.write(file, file.relative_to(site))
    return to


def test_a_pack_inside_an_archive_is_told_and_nothing_is_unpacked(tmp_path: Path) -> None:
    # attack 49, attack 55
    install(tmp_path / "site", "tea")
    archive = _zipped(tmp_path / "site", tmp_path / "app.zip")
    shutil.rmtree(tmp_path / "site")
    assert said_of(archive) == [f"K303 there is no package '{package_of('tea')}' (reinstall it)"]
    assert list(tmp_path.iterdir()) == [archive]


def test_an_archive_that_is_given_as_a_pack_is_no_text(tmp_path: Path) -> None:
    # attack 49
    install(tmp_path / "site", "tea")
    with pytest.raises(InvalidPackError) as refused:
        load_pack(_zipped(tmp_path / "site", tmp_path / "pack.zip"))
    assert {problem.code for problem in refused.value.problems} <= {"K001", "K003"}


def test_a_package_in_two_folders_of_the_path_is_read_where_its_distribution_lies(tmp_path: Path) -> None:
    # attack 55
    install(tmp_path / "one", "tea")
    (tmp_path / "one" / package_of("tea") / "__init__.py").unlink()
    record(tmp_path / "one", "tea")
    (tmp_path / "two" / package_of("tea")).mkdir(parents=True)
    (tmp_path / "two" / package_of("tea") / "pack.json").write_bytes(b"evil")
    for path in (["one", "two"], ["two", "one"]):
        catalog = Catalog.installed(path=[str(tmp_path / folder) for folder in path], strict=True)
        assert list(catalog) == ["tea/first-cup"]


ODD_ENTRY_POINTS = [
    b"",
    b"tea = intimacy_pack_tea\n",
    b"\xff\xfe[\0i\0",
    b"\xef\xbb\xbf[intimacy_kit.packs]\ntea = intimacy_pack_tea\n",
    b"[intimacy_kit.packs]\ntea\n",
    b"[intimacy_kit.packs]\n= intimacy_pack_tea\n",
    b"[intimacy_kit.packs]\ntea =\n",
    b"[intimacy_kit.packs]\nt\0a = intimacy_pack_tea\n",
    b"[intimacy_kit.packs]\ntea = intimacy_pack\0_tea\n",
    b"[intimacy_kit.packs\ntea = intimacy_pack_tea\n",
    b"[intimacy_kit.packs]\n[[[\n",
    b"[intimacy_kit.packs]\ntea = intimacy_pack_tea:load [x] y\n",
    b"[intimacy_kit.packs]\ntea = ../../etc:x\n",
    b"[intimacy_kit.packs]\n" + b"=" * 10_000,
    b"[intimacy_kit.packs]\n" + b"a" * 100_000 + b" = b\n",
    b"[intimacy_kit.packs]\x1b[2J\ntea = intimacy_pack_tea\n",
]


@pytest.mark.parametrize("data", ODD_ENTRY_POINTS, ids=lambda data: repr(data)[:60])
def test_entry_points_of_any_kind_hide_no_other_distribution(tmp_path: Path, data: bytes) -> None:
    # attack 50
    install(tmp_path, "tea")
    install(tmp_path, "coffee")
    (info_of(tmp_path, "intimacy-pack-tea") / "entry_points.txt").write_bytes(data)
    catalog = Catalog.installed(path=[str(tmp_path)])
    assert "coffee/first-cup" in catalog
    assert "tea/first-cup" not in catalog
    for problem in catalog.problems:
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("number", "said"),
    [(101, "it names more than 100 packs"), (100_000, "its entry points are longer than 16384 characters")],
)
def test_a_hundred_thousand_entry_points_are_refused_in_a_moment(tmp_path: Path, number: int, said: str) -> None:
    # attack 50
    install(tmp_path, "tea")
    lines = "".join(f"tea-{each} = {package_of('tea')}\n" for each in range(number))
    (info_of(tmp_path, "intimacy-pack-tea") / "entry_points.txt").write_text(f"[intimacy_kit.packs]\n{lines}", "utf-8")
    begun = time.perf_counter()
    assert said_of(tmp_path) == [f"K302 {said} (split it into several distributions)"]
    assert time.perf_counter() - begun < 10.0


def test_a_hundred_packs_with_the_longest_names_are_read(tmp_path: Path) -> None:
    # attack 50
    install(tmp_path, "tea")
    name = "intimacy_pack_" + "t" * 50
    lines = "".join(f"{name.replace('_', '-')[:60]}-{each:03} = {name}\n" for each in range(100))
    text = f"[intimacy_kit.packs]\n{lines}"
    entries = info_of(tmp_path, "intimacy-pack-tea") / "entry_points.txt"
    for longer, found in ((0, 100), (16 * 1024 - len(text), 100), (16 * 1024 - len(text) + 1, 1)):
        entries.write_text(text + "#" * longer, "utf-8")
        assert codes_of(tmp_path) == ["K304" if found == 100 else "K302"] * found


def test_a_distribution_may_hold_a_hundred_packs(tmp_path: Path) -> None:
    # attack 50
    install(tmp_path, "tea")
    lines = "".join(f"tea-{number} = {package_of('tea')}\n" for number in range(100))
    (info_of(tmp_path, "intimacy-pack-tea") / "entry_points.txt").write_text(f"[intimacy_kit.packs]\n{lines}", "utf-8")
    assert codes_of(tmp_path) == ["K310"] * 100


@pytest.mark.parametrize(
    "end", ["import time; time.sleep(60)", "import os; os.fork()", "import intimacy_kit; intimacy_kit.suggest = 1"]
)
def test_a_pack_with_code_in_it_is_not_run_whatever_the_code_would_do(tmp_path: Path, end: str) -> None:
    # attack 53
    install(tmp_path, "tea")
    (tmp_path / package_of("tea") / "__init__.py").write_text(f"{end}\nopen({str(tmp_path / 'ran')!r}, 'w')\n", "utf-8")
    record(tmp_path, "tea")
    begun = time.perf_counter()
    assert codes_of(tmp_path) == ["K312"]
    assert time.perf_counter() - begun < 30.0
    assert package_of("tea") not in sys.modules
    assert not (tmp_path / "ran").exists()


def test_of_two_hundred_packs_the_one_that_is_well_loads_and_every_other_one_is_told(tmp_path: Path) -> None:
    # attack 57
    broken = [
        b"",
        b"[",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        as_bytes({**document("x"), "format": 2}),
        as_bytes(pack_of({**PROMPT, "depth": 9})),
        as_bytes(pack_of({**PROMPT, "links": ["nowhere"]})),
    ]
    install(tmp_path, "tea")
    for number in range(199):
        install(tmp_path, f"broken-{number}", broken[number % len(broken)])
    begun = time.perf_counter()
    catalog = Catalog.installed(path=[str(tmp_path)])
    assert time.perf_counter() - begun < 5.0
    assert list(catalog) == ["tea/first-cup"]
    assert catalog.refused == {f"broken-{number}" for number in range(199)}
    assert {problem.where.file.partition(" ")[0] for problem in catalog.problems} == {
        f"intimacy-pack-broken-{number}" for number in range(199)
    }


@pytest.mark.parametrize("then", ["upgraded", "broken", "uninstalled"])
def test_what_happens_to_a_pack_while_it_is_used_is_seen_by_the_next_one_who_looks(tmp_path: Path, then: str) -> None:
    # attack 58
    install(tmp_path, "tea")
    running = Catalog.installed(path=[str(tmp_path)])
    before = running["tea/first-cup"]
    shutil.rmtree(tmp_path / package_of("tea"))
    shutil.rmtree(info_of(tmp_path, "intimacy-pack-tea"))
    if then != "uninstalled":
        install(tmp_path, "tea", as_bytes(pack_of({**PROMPT, "text": "New?"})) if then == "upgraded" else b"[")
    assert running["tea/first-cup"] is before
    assert str(before.title) == "Who made your first cup today?"
    later = Catalog.installed(path=[str(tmp_path)])
    assert [str(activity.title) for activity in later.values()] == (["New?"] if then == "upgraded" else [])
    assert later.refused == ({"tea"} if then == "broken" else frozenset())
