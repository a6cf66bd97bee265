"""Names for rows: uuid7 for what lives in URLs, short spoken codes for what stands on paper."""

import os
import secrets
import time
from uuid import UUID

# Crockford's alphabet: no I, L, O, U, so that a code read over the telephone arrives as it left.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": None, " ": None})


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of time so that indexes stay dense, 74 bits of chance so none is guessed."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def new_code(length: int = 12) -> str:
    """A code of 5 bits a letter for paper and telephone; 12 letters are 60 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def spoken(code: str) -> str:
    """The code in groups of four, as it is printed: 7F3K-9QXM-2T4A."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def heard(text: str) -> str:
    """What somebody typed, read kindly: lower case, spaces and the letters people confuse are put right."""
    return text.strip().upper().translate(_CONFUSED)
