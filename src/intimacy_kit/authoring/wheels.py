"""The wheel of a pack: built by the builder its pyproject.toml names, then opened again and looked into."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from attrs import frozen

from intimacy_kit.authoring.building import PROJECT, Built, compiled_path
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.loading.documents import kit_release
from intimacy_kit.loading.installed import find
from intimacy_kit.problems import Problem, Where

__all__ = ["Wheel", "build_wheel", "check_wheel"]

#: What may run when it is installed or imported.
_CODE = {".py", ".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".exe", ".sh", ".pth", ".bat", ".ps1"}
#: A pack is text; a wheel that unpacks to more is none.
_LARGEST = 512 * 1024 * 1024


@frozen
class Wheel:
    """A wheel that was built."""

    path: Path
    #: How many files are in it.
    files: int
    #: What is wrong with it; where there is anything, it is not to be published.
    problems: tuple[Problem, ...] = ()


def build_wheel(root: Path, built: Built, folder: Path) -> Wheel:
    """Build the wheel of a compiled pack into a folder, and look into it.

    The builder that the pyproject.toml names is used as it is installed here; where it is not, it is fetched.
    Raises KitError where it cannot be fetched, or says that something is wrong.
    """
    from build import BuildBackendException, BuildException, ProjectBuilder  # noqa: PLC0415 - slow, rarely needed
    from build.env import DefaultIsolatedEnv  # noqa: PLC0415 - as above
    from pyproject_hooks import quiet_subprocess_runner  # noqa: PLC0415 - as above

    folder.mkdir(parents=True, exist_ok=True)
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            builder = ProjectBuilder(root, runner=quiet_subprocess_runner)
            if not builder.check_dependencies("wheel"):
                path = Path(builder.build("wheel", folder))
            else:
                with DefaultIsolatedEnv() as env:
                    env.install(builder.build_system_requires)
                    path = Path(
                        ProjectBuilder.from_isolated_env(env, root, runner=quiet_subprocess_runner).build(
                            "wheel", folder
                        )
                    )
    except (BuildBackendException, BuildException, CalledProcessError) as error:
        raise KitError(f"no wheel can be built: {_last_line(error)}") from error
    with zipfile.ZipFile(path) as opened:
        files = len(opened.infolist())
    return Wheel(path, files, tuple(check_wheel(path, root, built)))


def _last_line(error: Exception) -> str:
    output = getattr(error, "output", None) or getattr(getattr(error, "exception", None), "output", None) or b""
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else str(output)
    lines = [line.strip() for line in f"{error}\n{text}".splitlines() if line.strip()]
    return lines[-1]


def check_wheel(path: Path, root: Path, built: Built) -> Iterator[Problem]:
    """Give what is wrong with a wheel: what did not arrive, what is not as it was, and what could run.

    It is unpacked and looked at by what every app finds its packs with.
    """
    pack = built.pack
    with TemporaryDirectory() as unpacked, zipfile.ZipFile(path) as opened:
        if sum(info.file_size for info in opened.infolist()) > _LARGEST:
            yield Problem(Where(path.name), "K927", "it unpacks to more than any pack needs", "look what is in it")
            return
        names = [info.filename for info in opened.infolist() if not info.is_dir()]
        yield from _code_in(opened, names, path.name)
        opened.extractall(unpacked)
        yield from (_not_arrived(opened, names, path.name, root, pack) if pack else ())
        for found in find(kit_release(), path=[unpacked]):
            yield from found.read.problems


def _code_in(opened: zipfile.ZipFile, names: list[str], wheel: str) -> Iterator[Problem]:
    for name in names:
        empty_init = Path(name).name == "__init__.py" and opened.getinfo(name).file_size == 0
        if (Path(name).suffix in _CODE and not empty_init) or ".data/scripts/" in name:
            hint = f"a pack is data only; look at {PROJECT} for what takes it along"
            yield Problem(Where(wheel), "K928", f"there is code in it: {name}", hint)


def _not_arrived(opened: zipfile.ZipFile, names: list[str], wheel: str, root: Path, pack: Pack) -> Iterator[Problem]:
    """Give the files of the package that are not in the wheel byte for byte."""
    package = compiled_path(root, pack).parent
    for file in sorted(path for path in package.iterdir() if path.suffix == ".json" or path.name == "__init__.py"):
        name = f"{package.name}/{file.name}"
        if name not in names:
            hint = f"look at {PROJECT}: the builder takes along what it is told to"
            yield Problem(Where(wheel), "K927", f"it was built without {name}", hint)
        elif opened.read(name) != file.read_bytes():
            yield Problem(
                Where(wheel), "K929", f"{name} is not as it lies here", "delete the wheel, and build it again"
            )
