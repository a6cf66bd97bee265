"""Fixtures of this app: keys, a desk, and papers without the press."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from city.cases.tests.make import Desk, a_desk
from city.documents import actions as documents
from city.documents import queries
from city.kernel.keyring import ensure_keys


@dataclass
class Press:
    """Stands for documents' papers: what was prepared, signed, sealed, made void. The right passphrase is "benar"."""

    papers: dict[UUID, str] = field(default_factory=dict)
    prepared: int = 0

    def prepare(self, *, paper_id: UUID, **_more: Any) -> None:
        if paper_id not in self.papers:
            self.papers[paper_id], self.prepared = "prepared", self.prepared + 1

    def sign(self, *, paper_id: UUID, passphrase: str, **_more: Any) -> None:
        self.papers[paper_id] = "signed"

    def seal(self, *, paper_id: UUID, agency: str, at: datetime) -> None:
        self.papers[paper_id] = "sealed"

    def void(self, *, paper_id: UUID, at: datetime) -> None:
        self.papers[paper_id] = "void"


@pytest.fixture(autouse=True)
def _keys() -> None:
    ensure_keys()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    for name, does in (
        ("prepare_paper", press.prepare),
        ("sign_paper", press.sign),
        ("seal_paper", press.seal),
        ("void_paper", press.void),
    ):
        monkeypatch.setattr(documents, name, does, raising=False)
    monkeypatch.setattr(queries, "paper", press.papers.get, raising=False)
    return press


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()
