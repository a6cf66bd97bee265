"""Sealing needs keys on disk; the throwaway home gets its own. Messages are caught at the port, as a carrier would."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from city.kernel.keyring import ensure_keys
from city.kernel.messages import CARRIERS, Message
from city.ui.tests.conftest import chromium, city, loop_allowed, page

__all__ = ["chromium", "city", "loop_allowed", "page"]


@pytest.fixture(autouse=True, scope="session")
def _keys() -> None:
    ensure_keys()


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2 all the same, but as little of it as there can be: these tests sign in hundreds of times."""
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8)
    monkeypatch.setattr(Argon2PasswordHasher, "parallelism", 1)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Every message the city handed over in this test, oldest first."""
    carried: list[Message] = []
    for channel in ("email", "sms", "whatsapp"):
        monkeypatch.setitem(CARRIERS._things, channel, carried.append)
    return carried


@pytest.fixture
def lived_in(loop_allowed: None, own_city: str) -> str:
    """A city with real commits, which the browser's server sees too."""
    return own_city
