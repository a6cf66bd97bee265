"""Sealing needs keys on disk; the throwaway home gets its own. Messages are caught at the port, as a carrier would."""

import pytest

from city.kernel.keyring import ensure_keys
from city.kernel.messages import CARRIERS, Message


@pytest.fixture(autouse=True, scope="session")
def _keys() -> None:
    ensure_keys()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Every message the city handed over in this test, oldest first."""
    carried: list[Message] = []
    for channel in ("email", "sms", "whatsapp"):
        monkeypatch.setitem(CARRIERS._things, channel, carried.append)
    return carried
