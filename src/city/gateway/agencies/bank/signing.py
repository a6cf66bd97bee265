"""SNAP's two signatures, and what they are made of.

For a token: SHA256withRSA over "client|timestamp". For a transaction: HMAC-SHA512 over
"METHOD:path:token:hex(sha256(minified body)):timestamp" with the client secret. Both are sent as base64.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

# A text that never ends is taken to the last byte: otherwise each of its quotes would be tried anew.
_SPACE = re.compile(rb'("(?:[^"\\]|\\.)*(?:"|\\?\Z))|[ \t\r\n]+', re.DOTALL)


def minify(body: bytes) -> bytes:
    """JSON without the white space between its parts. Nothing is parsed, so it is safe on a stranger's bytes."""
    return _SPACE.sub(lambda found: found[1] or b"", body)


@dataclass(frozen=True)
class Transaction:
    """What a transaction's signature covers. `path` begins with a slash and holds the query string, if any."""

    method: str
    path: str
    token: str
    body: bytes
    timestamp: str

    def text(self) -> bytes:
        digest = hashlib.sha256(minify(self.body)).hexdigest().lower()
        return ":".join((self.method.upper(), self.path, self.token, digest, self.timestamp)).encode()


def sign(transaction: Transaction, secret: str) -> str:
    mark = hmac.new(secret.encode(), transaction.text(), hashlib.sha512).digest()
    return base64.b64encode(mark).decode()


def is_signed(transaction: Transaction, secret: str, signature: str) -> bool:
    """Texts are compared, not bytes: base64 has several spellings of the same bytes, and only one is the signature."""
    return hmac.compare_digest(sign(transaction, secret).encode(), signature.encode())


def sign_token_request(client: str, timestamp: str, key: RSAPrivateKey) -> str:
    return base64.b64encode(key.sign(f"{client}|{timestamp}".encode(), PKCS1v15(), hashes.SHA256())).decode()


def is_token_request_signed(client: str, timestamp: str, key: RSAPublicKey, signature: str) -> bool:
    try:
        mark = base64.b64decode(signature, validate=True)
        key.verify(mark, f"{client}|{timestamp}".encode(), PKCS1v15(), hashes.SHA256())
    except (ValueError, InvalidSignature):
        return False
    return base64.b64encode(mark).decode() == signature
