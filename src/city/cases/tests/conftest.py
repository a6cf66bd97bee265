"""Fixtures of this app: keys, a desk, and a signature provider at the wire."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest

from city.cases.tests.make import Desk, a_desk
from city.documents.declare import SIGNATURES, SignatureRequest
from city.kernel.errors import FieldError, Refusal
from city.kernel.keyring import ensure_keys


class Pen:
    """Signs what it is given with a mark; the right passphrase is "benar"."""

    simulated = False

    def __init__(self) -> None:
        self.signed = 0

    def sign(self, request: SignatureRequest, *, person_id: UUID, passphrase: str) -> bytes:
        if passphrase != "benar":
            raise Refusal(
                "signature.passphrase", "Frasa sandi salah.", status=422, errors=[FieldError("passphrase", "")]
            )
        self.signed += 1
        return request.pdf + f"\n%signed {person_id} {self.signed}".encode()

    def seal(self, request: SignatureRequest, *, agency: str) -> bytes:
        return request.pdf + f"\n%sealed {agency}".encode()

    def enrich(self, pdf: bytes, *, at: datetime) -> bytes:
        return pdf + b"\n%enriched"


@pytest.fixture(autouse=True)
def _keys() -> None:
    ensure_keys()


@pytest.fixture
def pen() -> Iterator[Pen]:
    provider = Pen()
    SIGNATURES.add("pen", provider)
    yield provider
    del SIGNATURES._things["pen"]


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()
