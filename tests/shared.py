"""Where the tests find the documents that the repository does not hold."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def place(name: str, variable: str | None = None) -> Path:
    """Where a folder of `../shared` is, or the one that the variable names: it may be absent."""
    return Path(os.environ.get(variable or "", "") or _SHARED / name)


def folder(name: str, variable: str | None = None) -> Path:
    """The same, which is there: without it the test lacks something, see `lack`."""
    path = place(name, variable)
    if not path.is_dir():
        choice = f" or set {variable}" if variable else ""
        lack(f"{path} is absent: put the shared documents there{choice}.")
    return path


def lack(sentence: str) -> NoReturn:
    """Skips a test for want of what the sentence names; in CI it fails, for there all is there."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence, allow_module_level=True)


def need(module: str) -> Any:
    """A module of the development packages; without it the test lacks something: see `lack`."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        lack(f"{error.name} is not installed: install the development packages.")


def real() -> Path:
    """Documents that others wrote."""
    return folder("real", "RED_REAL")


def facts(name: str) -> Path:
    """One file of what was noted of the law and of the profile."""
    return folder("facts") / name


def attacks() -> Path:
    """Hostile and odd inputs."""
    return folder("attacks", "RED_ATTACKS")


def attack(file: str) -> Path:
    """A hostile file that a test speaks of by name; another corpus need not have it."""
    path = attacks() / file
    if os.environ.get("RED_ATTACKS") and not path.is_file():
        pytest.skip(f"{file} is not in the corpus that RED_ATTACKS names.")
    return path
