"""Wheels and sdists of this tree, built from a clean copy of it, and fresh environments to install them into.

Builds and installs with uv where there is one, else with ``build``, ``venv`` and ``pip``.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parent.parent

#: The folders of the packs that are released with the kit.
PACKS = tuple(sorted(path.parent for path in ROOT.glob("packs/*/pyproject.toml")))

KIT = "intimacy-kit"
FOUNDATIONS = "intimacy-pack-foundations"

_UV = os.environ.get("UV") or shutil.which("uv")  # "uv run" says where it is
_BUILD = (_UV, "build", "--quiet") if _UV else (sys.executable, "-m", "build")
#: What would let an installed program find this tree, or be measured as part of it.
_OURS = ("PYTHON", "COVERAGE", "COV_", "VIRTUAL_ENV", "UV_PROJECT")


def run(*command: str | Path, folder: Path, exits: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program as somebody outside this tree would, without anything to read; fail unless it exits so."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PYTHONUTF8": "1"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == exits, f"{command} exited {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


def build(project: Path, out: Path, *kinds: str) -> None:
    """Build a project: ``--wheel``, ``--sdist``, or both, each from the folder itself."""
    run(*_BUILD, *kinds, "-o", out, project, folder=project)


@frozen
class Artifacts:
    """What was built."""

    #: The copy of the tree it was built from.
    tree: Path
    #: The wheels and sdists.
    folder: Path
    #: The wheel of the kit that was built from its sdist.
    from_sdist: Path

    def wheel(self, distribution: str) -> Path:
        """Return the wheel of a distribution."""
        return _only(self.folder, f"{distribution.replace('-', '_')}-*.whl")

    def sdist(self, distribution: str) -> Path:
        """Return the sdist of a distribution."""
        return _only(self.folder, f"{distribution.replace('-', '_')}-*.tar.gz")

    def requirement(self, distribution: str, extra: str = "") -> str:
        """Return what to ask an installer for, to get the wheel of a distribution with an extra."""
        return f"{distribution}[{extra}] @ {self.wheel(distribution).as_uri()}"


def _only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def build_all(folder: Path) -> Artifacts:
    """Build wheel and sdist of the kit and of every pack, from a copy without anything that git ignores."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    patterns = [line.strip("/") for line in ignored if not line.startswith("#")]
    tree, out, again = folder / "tree", folder / "dist", folder / "again"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", *patterns))

    def both(project: Path) -> None:
        build(project, out, "--sdist", "--wheel")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(both, [tree, *(tree / pack.relative_to(ROOT) for pack in PACKS)]))
    with tarfile.open(_only(out, "intimacy_kit-*.tar.gz")) as sdist:
        sdist.extractall(again, filter="data")
    build(_only(again, "intimacy_kit-*"), again, "--wheel")
    return Artifacts(tree, out, _only(again, "*.whl"))


@frozen
class Environment:
    """An environment with nothing in it but what is installed into it."""

    folder: Path

    @classmethod
    def of(cls, *what: str | Path, folder: Path) -> "Environment":
        """Make one in a folder and install into it."""
        make = (_UV, "venv", "--quiet", "--python", sys.executable) if _UV else (sys.executable, "-m", "venv")
        run(*make, folder / "environment", folder=folder)
        environment = cls(folder / "environment")
        environment.install(*what)
        return environment

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self._program("python")

    def install(self, *what: str | Path) -> None:
        """Install wheels, folders or requirements."""
        self._pip("install", "--quiet", *what)

    def uninstall(self, distribution: str) -> None:
        """Uninstall a distribution."""
        self._pip("uninstall", *([] if _UV else ["--yes"]), distribution)

    def check(self) -> None:
        """Fail if anything that is installed misses what it requires."""
        self._pip("check")

    def says(self, code: str) -> str:
        """Run a line of Python and return what it prints."""
        return run(self.python, "-c", code, folder=self.folder).stdout.strip()

    def kit(self, *arguments: str | Path, exits: int = 0) -> str:
        """Run the installed command and return all it prints; fail unless it exits so."""
        done = run(self._program("intimacy-kit"), *arguments, folder=self.folder, exits=exits, COLUMNS="200")
        return done.stdout + done.stderr

    def _pip(self, command: str, *arguments: str | Path) -> None:
        pip: Sequence[str | Path] = (self.python, "-m", "pip", command)
        if _UV:
            pip = (_UV, "pip", command, "--python", self.python)
        run(*pip, *arguments, folder=self.folder)

    def _program(self, name: str) -> Path:
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name
