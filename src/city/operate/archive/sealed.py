"""A file that opens with a passphrase alone: scrypt for the key, AES-256-GCM for the content."""

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from city.operate.refusal import Refused

MAGIC = b"KOTA-PINTAR-KEYS 1\n"
SHORTEST_PASSPHRASE = 12
COST = {"n": 2**17, "r": 8, "p": 1}  # 128 MiB and about half a second for each guess


def _key(passphrase: str, head: dict[str, object]) -> bytes:
    cost = {name: int(str(head[name])) for name in COST}
    if cost["n"] * cost["r"] * cost["p"] > 2**21:  # a forged head must not eat the machine's memory
        raise Refused("This key archive asks for more memory than any that `city backup` writes.")
    return Scrypt(salt=bytes.fromhex(str(head["salt"])), length=32, **cost).derive(passphrase.encode())


def must_be_strong(passphrase: str) -> None:
    """Raises Refused for a passphrase that a patient guesser would find."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"The passphrase has {len(passphrase)} characters; take at least {SHORTEST_PASSPHRASE}.")


def seal(content: bytes, passphrase: str) -> bytes:
    """The content as a key archive. Raises Refused for a weak passphrase."""
    must_be_strong(passphrase)
    head: dict[str, object] = {"salt": os.urandom(16).hex(), "nonce": os.urandom(12).hex(), **COST}
    line = json.dumps(head).encode() + b"\n"
    nonce = bytes.fromhex(str(head["nonce"]))
    return MAGIC + line + AESGCM(_key(passphrase, head)).encrypt(nonce, content, MAGIC + line)


def unseal(path: Path, passphrase: str) -> bytes:
    """The content, or Refused: a wrong passphrase and a damaged file look the same on purpose."""
    whole = path.read_bytes()
    if not whole.startswith(MAGIC):
        raise Refused(f"{path} is not a key archive.")
    line, _, sealed = whole[len(MAGIC) :].partition(b"\n")
    try:
        head = json.loads(line)
        nonce = bytes.fromhex(head["nonce"])
        return AESGCM(_key(passphrase, head)).decrypt(nonce, sealed, MAGIC + line + b"\n")
    except (InvalidTag, ValueError, KeyError) as fault:
        raise Refused(f"{path} does not open: the passphrase is wrong, or the file was changed.") from fault
