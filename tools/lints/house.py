"""Asks every house rule of every file: `python -m lints.house`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lints import code, texts
from lints.sources import Source, committed

TOP = Path(__file__).resolve().parents[2]


def broken_in(source: Source) -> Iterator[str]:
    """One line per broken rule, as editors understand it: path, line, rule, what to do."""
    rules = [*texts.RULES, code.names, *(code.RULES if source.is_python else ())]
    for rule in rules:
        for one in rule(source):
            yield f"{source.where}:{one.line}: {rule.__name__}: {one.sentence}"


def main() -> int:
    lines = [line for source in committed(TOP) for line in broken_in(source)]
    print("\n".join(lines) or "The house rules are kept.")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
