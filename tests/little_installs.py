"""Installed packs as they lie in ``site-packages``, written by hand: whole ones, to be broken by the tests."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from strategies import PROMPT, Document, as_bytes, pack_of


def install(site: Path, pack: str = "tea", data: bytes | None = None, distribution: str = "") -> None:
    """Install a pack with one prompt, or with these bytes, as a wheel would be."""
    distribution = distribution or f"intimacy-pack-{pack}"
    package = site / package_of(pack)
    info = info_of(site, distribution)
    package.mkdir(parents=True, exist_ok=True)
    info.mkdir()
    (package / "__init__.py").touch()
    (package / "pack.json").write_bytes(as_bytes(document(pack)) if data is None else data)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {distribution}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[intimacy_kit.packs]\n{pack} = {package.name}\n", "utf-8")
    record(site, pack, distribution)


def document(pack: str) -> Document:
    """Return a pack with one light prompt."""
    return pack_of(PROMPT, name=pack, title=pack.title())


def package_of(pack: str) -> str:
    """Return the name of the package of a pack."""
    return f"intimacy_pack_{pack.replace('-', '_')}"


def info_of(site: Path, distribution: str) -> Path:
    """Return the folder of the metadata of a distribution."""
    return site / f"{distribution.replace('-', '_')}-1.0.dist-info"


def record(site: Path, pack: str, distribution: str = "") -> None:
    """Write RECORD as it should be for what lies there now."""
    info = info_of(site, distribution or f"intimacy-pack-{pack}")
    files = [*sorted((site / package_of(pack)).rglob("*")), *sorted(info.iterdir())]
    rows = [
        f"{file.relative_to(site).as_posix()},sha256={digest(file.read_bytes())},{file.stat().st_size}"
        for file in files
        if file.is_file() and file.name != "RECORD"
    ]
    (info / "RECORD").write_text("\n".join([*rows, f"{info.name}/RECORD,,", ""]), "utf-8")


def digest(data: bytes) -> str:
    """Return a digest as RECORD writes it."""
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
