"""How a rule's line is written, and where an account belongs."""

from collections.abc import Mapping
from typing import Any

_ROLES = {"S": "entity", "B": "treasury"}
BOOKS = ("anggaran", "lra", "finansial")


def line_of(words: str) -> Mapping[str, str]:
    """ "S finansial D receivable=1.1.0 amount" as the fields of a rule's line. Raises ValueError."""
    parts = words.split()
    if len(parts) != 5 or parts[0] not in _ROLES or parts[1] not in BOOKS or parts[2] not in ("D", "K"):
        raise ValueError(words)
    role, book, side, account, amount = parts
    placeholder, named, prefix = account.partition("=")
    fields = {"role": _ROLES[role], "book": book, "side": side, "amount": amount}
    if named:
        return {**fields, "account": "", "placeholder": placeholder, "prefix": prefix}
    return {**fields, "account": account, "placeholder": "", "prefix": ""}


def words_of(line: Any) -> str:
    """The other way round: a line's fields as they are written in data/rules.toml."""
    role = next(short for short, long in _ROLES.items() if long == line.role)
    account = line.account or f"{line.placeholder}={line.prefix}"
    return f"{role} {line.book} {line.side} {account} {line.amount}"


def book_of(account: str) -> str:
    """The book in which an account is usually looked for."""
    return "lra" if account[:1] in "456" or account.startswith("3.1.02") else "finansial"
