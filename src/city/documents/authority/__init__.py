"""The demo city's own certificate authority: root, issuer, time stamps, signers and seals, all named SIMULASI.

It lives in CITY_KEYS/authority and is good for trying the city out and for nothing else.
"""

from city.documents.authority.checking import Signature, signatures_of_stranger
from city.documents.authority.folder import has_signer
from city.documents.authority.making import ensure_demo_authority, ensure_demo_seal, ensure_demo_signer
from city.documents.authority.provider import DemoAuthority

__all__ = [
    "DemoAuthority",
    "Signature",
    "ensure_demo_authority",
    "ensure_demo_seal",
    "ensure_demo_signer",
    "has_signer",
    "signatures_of_stranger",
]
