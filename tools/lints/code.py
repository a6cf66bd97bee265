"""Rules about Python: whose rows, whose clock, what names, how large."""

import ast
import re
from collections.abc import Iterator

from lints.sources import Broken, Source

BANNED = {"manager", "helper", "utils", "common", "core", "misc", "service", "handler", "base"}
LOOKS_AT_CLOCK = {"now", "today", "localdate", "localtime", "utcnow", "monotonic", "Now"}
OPEN_APPS = {"kernel", "ui"}
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 600, 40, 5
UNCOUNTED = {"self", "cls", "by", "at", "seen"}  # who, when and on what sight: every action is told them
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _foreign_names(source: Source) -> Iterator[str]:
    """Names under which another app's models are known in this file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("city"):
            path = (node.module or "").split(".")
            app = path[1] if len(path) > 1 else ""
            if app in {"", source.app, *OPEN_APPS}:
                continue
            for name in node.names:
                if "models" in path or name.name == "models":
                    yield name.asname or name.name


def foreign_rows(source: Source) -> Iterator[Broken]:
    """Another app's model is a type to you: ask its queries, change it through its actions."""
    if source.is_test or source.is_migration or not source.app:
        return
    foreign = set(_foreign_names(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name) and root.id in foreign:
                yield Broken(node.lineno, f"{ast.unparse(node)} belongs to another app: use its queries and actions")


def clock(source: Source) -> Iterator[Broken]:
    """Rules, actions and a kind's versions are told the time, so that a test or a replay can tell them another."""
    stem = source.parts[-1].removesuffix(".py")
    pure = {"rules", "actions"} & {*source.parts[3:-1], stem}
    versioned = "kinds" in source.parts and re.fullmatch(r"v\d+", stem)
    if source.is_test or not (pure or versioned):
        return
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        if name.rsplit(".", 1)[-1] in LOOKS_AT_CLOCK or name == "time.time":
            yield Broken(node.lineno, f"{name}() looks at the clock: take the time as `at`")


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced)}


def names(source: Source) -> Iterator[Broken]:
    """A name says what a thing does for the city; these words fit everything and say nothing."""
    if source.is_migration:
        return
    for part in source.parts:
        for word in _words(part.split(".")[0]) & BANNED:
            yield Broken(1, f"the path's {part!r} says only {word!r}: name what it is for")
    if source.is_python and not source.is_test:  # a test's name is a sentence
        for node in ast.walk(source.tree):
            if isinstance(node, (*DEFINITIONS, ast.ClassDef)):
                for word in _words(node.name) & BANNED:
                    yield Broken(node.lineno, f"{node.name} says only {word!r}: name what it is for")


def sizes(source: Source) -> Iterator[Broken]:
    """A file, a function and a list of parameters that a reader can hold in mind at once."""
    if source.is_migration or not source.is_python:
        return
    most, count = (TEST_FILE_LINES if source.is_test else FILE_LINES), len(source.text.splitlines())
    if count > most:
        yield Broken(most, f"{count} lines: more than {most}; split it by what it is about")
    for node in ast.walk(source.tree):
        if isinstance(node, DEFINITIONS):
            yield from _function_sizes(source, node)


def _function_sizes(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Broken]:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > FUNCTION_LINES:
        yield Broken(node.lineno, f"{node.name} has {lines} lines: more than {FUNCTION_LINES}")
    taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    counted = [argument.arg for argument in taken if argument.arg not in UNCOUNTED]
    if len(counted) > PARAMETERS and not source.is_test:
        yield Broken(
            node.lineno, f"{node.name} takes {len(counted)} parameters: more than {PARAMETERS}; make a dataclass"
        )


RULES = (foreign_rows, clock, sizes)
