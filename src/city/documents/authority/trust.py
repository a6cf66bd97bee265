"""What the demo authority vouches for, as bytes: it can be handed to a process that has no keys."""

import base64
from dataclasses import dataclass

from asn1crypto import crl, pem  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator import ValidationContext

from city.documents.authority import folder
from city.documents.authority.making import ISSUER, ROOT, STAMPS


@dataclass(frozen=True)
class Trust:
    """Root and further certificates in PEM, revocation lists in DER."""

    root: bytes
    others: tuple[bytes, ...]
    lists: tuple[bytes, ...]

    @classmethod
    def of_the_demo(cls) -> "Trust":
        return cls(
            folder.read(f"{ROOT}.pem"),
            tuple(folder.read(f"{name}.pem") for name in (ISSUER, STAMPS)),
            tuple(folder.read(f"{name}.crl") for name in (ROOT, ISSUER)),
        )

    def as_json(self) -> list[list[str]]:
        return [[base64.b64encode(one).decode() for one in part] for part in ((self.root,), self.others, self.lists)]

    @classmethod
    def from_json(cls, data: list[list[str]]) -> "Trust":
        root, others, lists = (tuple(base64.b64decode(one) for one in part) for part in data)
        return cls(root[0], others, lists)

    def context(self) -> ValidationContext:
        """The rules of checking: every certificate must be known and not revoked; nothing is fetched."""
        return ValidationContext(
            trust_roots=[_certificate(self.root)],
            other_certs=[_certificate(one) for one in self.others],
            crls=[crl.CertificateList.load(one) for one in self.lists],
            allow_fetching=False,
            revocation_mode="require",
        )


def _certificate(text: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(pem.unarmor(text)[2])
