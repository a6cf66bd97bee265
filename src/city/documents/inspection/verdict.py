"""How the child says that a file cannot be used."""

from typing import Any


class Unusable(Exception):
    """`code` has a sentence in rules/reasons.py, `facts` are the numbers it names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
