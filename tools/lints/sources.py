"""The files that the house's rules read, and what a broken rule looks like."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Broken:
    """One line that breaks one rule."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Source:
    """One file; `where` is its path from the top of the repository, with forward slashes."""

    where: str
    text: str
    parts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.where.split("/")))

    @property
    def app(self) -> str:
        """The room this file stands in; empty outside src/city and for its loose files."""
        return self.parts[2] if self.parts[:2] == ("src", "city") and len(self.parts) > 3 else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or self.parts[-1] == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    @property
    def is_template(self) -> bool:
        return self.where.endswith(".html") and ("jinja2" in self.parts or "templates" in self.parts)

    @property
    def is_python(self) -> bool:
        return self.where.endswith(".py")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def lines(self) -> Iterator[tuple[int, str]]:
        return iter(enumerate(self.text.splitlines(), start=1))


def committed(top: Path) -> Iterator[Source]:
    """Every text file that git knows or would add; generated and ignored files are nobody's prose."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=top, capture_output=True, check=True).stdout.decode().split("\0")
    for name in sorted(filter(None, names)):
        path = top / name
        if path.is_file() and not path.is_symlink():
            try:
                yield Source(name, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue  # a picture, a font
