"""What can be imported, what that costs, and that everything says in a line what it is."""

import ast
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import intimacy_kit

MODULES = sorted(
    {"intimacy_kit", *(found.name for found in walk_packages(intimacy_kit.__path__, "intimacy_kit."))}
    - {"intimacy_kit.__main__"}  # to import it is to run it
)


def test_the_front_door_has_twelve_names() -> None:
    assert intimacy_kit.__all__ == [
        "Boundaries",
        "Catalog",
        "CheckIn",
        "Exercise",
        "Guide",
        "Journey",
        "Pack",
        "Progress",
        "Prompt",
        "Story",
        "load_pack",
        "suggest",
    ]


def test_importing_the_kit_imports_nothing_slow() -> None:
    slow = ["jsonschema", "click", "rich", "yaml", "sqlite3", "markdown_it", "importlib_metadata", "platformdirs"]
    program = f"import sys, intimacy_kit; print(sorted(set({slow!r}) & set(sys.modules)))"
    env = {name: value for name, value in os.environ.items() if "COV" not in name}  # coverage brings sqlite3 with it
    ran = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_in_its_first_line_what_it_is_and_lists_its_names(name: str) -> None:
    module = import_module(name)
    first, *rest = (module.__doc__ or "").split("\n")
    assert first == first.strip()
    assert 10 <= len(first) <= 120
    assert rest[:1] in ([], [""]), "the first line is a paragraph of its own"
    if "def " in _source(name):
        names = list(module.__all__)
        assert [known for known in names if not hasattr(module, known)] == []
        assert len(names) == len(set(names))


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_is_listed_and_has_a_docstring(name: str) -> None:
    listed = getattr(import_module(name), "__all__", ())
    for node in _public(ast.parse(_source(name)).body):
        # commands are reached through click, and a protocol by having its shape
        assert node.name in listed or node.name.endswith("_command") or _is_protocol(node), node.name
        assert ast.get_docstring(node), node.name
        for method in _public(node.body) if isinstance(node, ast.ClassDef) else ():
            assert ast.get_docstring(method) or _is_overload(method), f"{node.name}.{method.name}"


def _source(name: str) -> str:
    return Path(str(import_module(name).__file__)).read_text("utf-8")


def _public(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.ClassDef]:
    return [node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_"]


def _is_protocol(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases
    )


def _is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "overload" for decorator in node.decorator_list)
