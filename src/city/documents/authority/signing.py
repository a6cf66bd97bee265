"""PAdES by pyHanko with keys that are already loaded: B-T when somebody signs, B-LT when the paper is issued."""

import asyncio
import warnings
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from asn1crypto import algos, tsp  # type: ignore[import-untyped]
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko_certvalidator.registry import SimpleCertificateStore

from city.documents.authority import folder
from city.documents.authority.certificates import Identity
from city.documents.authority.making import ISSUER, ROOT, STAMPS
from city.documents.authority.trust import Trust
from city.documents.declare import SignatureRequest

FIELD = "TandaTangan"
_RESERVED = 20_000  # bytes for the signature with its time stamp and certificates
_STAMP_POLICY = "2.25.280129483290475103948571029384756102938"  # of our own (ITU-T X.667): no authority's promise


def as_asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class KeySigner(signers.Signer):
    """Signs with a key in hand. pyHanko's own signer reads the key anew from its bytes for each signature."""

    def __init__(self, identity: Identity, others: SimpleCertificateStore) -> None:
        super().__init__(
            signing_cert=as_asn1(identity.certificate),
            cert_registry=others,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self._key = identity.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(self._key.key_size // 8) if dry_run else self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class DemoTimeStamper(DummyTimeStamper):
    """The demo authority's own time stamps: they say the city's time, and that they are a simulation."""

    def __init__(self, identity: Identity, others: SimpleCertificateStore, at: datetime) -> None:
        key = identity.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        from_der = asn1_keys.PrivateKeyInfo.load(key)
        super().__init__(as_asn1(identity.certificate), from_der, certs_to_embed=others, fixed_dt=at)

    def _build_tst_info(self, message_imprint: Any, dt: datetime, req: Any) -> tsp.TSTInfo:
        info = super()._build_tst_info(message_imprint, dt, req)
        info["policy"] = tsp.ObjectIdentifier(_STAMP_POLICY)
        return info


@lru_cache(maxsize=4)
def _chain(_root_made: float) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([as_asn1(folder.certificate(name)) for name in (ROOT, ISSUER)])
    return store


def chain() -> SimpleCertificateStore:
    """Root and issuer; read again when the authority was made anew."""
    return _chain((folder.folder() / f"{ROOT}.pem").stat().st_mtime)


def signed(request: SignatureRequest, identity: Identity) -> bytes:
    """The PDF with an invisible signature field, signed and time-stamped (B-T)."""
    writer = IncrementalPdfFileWriter(BytesIO(request.pdf))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=request.reason,
        location="Cilegon",
    )
    stamper = DemoTimeStamper(folder.load(STAMPS), chain(), request.at.astimezone(UTC))
    signer = signers.PdfSigner(meta, signer=KeySigner(identity, chain()), timestamper=stamper)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        out: BytesIO = signer.sign_pdf(writer, bytes_reserved=_RESERVED)
    return out.getvalue()


def enriched(pdf: bytes, trust: Trust) -> bytes:
    """The signed PDF with certificates and revocation lists inside (B-LT)."""
    reader = PdfFileReader(BytesIO(pdf))
    out = BytesIO()
    asyncio.run(async_add_validation_info(reader.embedded_signatures[0], trust.context(), output=out))
    return out.getvalue()
