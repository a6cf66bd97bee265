"""Keys that are not in the database: files of mode 0600 in CITY_KEYS, made once, saved by the key archive alone."""

import base64
import hashlib
import hmac
import json
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NAMES = ("master.key", "index.key", "ticket.key")


class KeyLost(Exception):
    """What was sealed cannot be opened: the key was destroyed, or these bytes are not what was sealed."""


def ensure_keys(folder: Path | None = None) -> Path:
    """Make the keyring where it is missing; an existing key is never replaced."""
    folder = folder or settings.KEYS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in NAMES:
        _write_once(folder / name, os.urandom(32))
    _write_once(folder / "django.secret", base64.urlsafe_b64encode(os.urandom(48)))
    return folder


def _write_once(path: Path, content: bytes) -> None:
    """Whole or not at all, and by the first who comes: of two programs that start at once, both use one key."""
    if path.exists():
        return
    made, draft = tempfile.mkstemp(dir=path.parent, suffix=".new")  # for its owner alone
    with os.fdopen(made, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


@lru_cache(maxsize=8)
def _key(name: str) -> bytes:
    return (Path(settings.KEYS) / name).read_bytes()


def encrypt(key: bytes, plain: bytes, *, about: str) -> bytes:
    """AES-256-GCM; `about` (a row's table and id) is bound in, so that a value moved to another row will not open."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def decrypt(key: bytes, sealed: bytes, *, about: str) -> bytes:
    """Raises KeyLost when key, bytes or place are not those of the sealing."""
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], about.encode())
    except InvalidTag as error:
        raise KeyLost(about) from error


def wrap(plain: bytes, *, about: str) -> bytes:
    """Seal a key under the master key."""
    return encrypt(_key("master.key"), plain, about=about)


def unwrap(sealed: bytes, *, about: str) -> bytes:
    return decrypt(_key("master.key"), sealed, about=about)


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed fingerprint to look a secret up by, and to keep it unique, without holding it (HMAC-SHA-256)."""
    return hmac.new(_key("index.key"), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def make_ticket(claims: dict[str, Any], *, purpose: str, until: datetime) -> str:
    """A signed, short-lived permission to do one thing in another process (uploads)."""
    body = json.dumps({**claims, "purpose": purpose, "until": until.timestamp()}, sort_keys=True).encode()
    mark = hmac.new(_key("ticket.key"), body, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark + body).decode().rstrip("=")


def read_ticket(text: str, *, purpose: str, at: datetime) -> dict[str, Any] | None:
    """The claims, or None when the ticket is forged, stale or for something else."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        mark, body = raw[:32], raw[32:]
        if not hmac.compare_digest(mark, hmac.new(_key("ticket.key"), body, hashlib.sha256).digest()):
            return None
        claims: dict[str, Any] = json.loads(body)
    except ValueError:
        return None
    return claims if claims["purpose"] == purpose and claims["until"] > at.timestamp() else None
