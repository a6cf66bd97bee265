"""Sealing needs keys on disk; the throwaway home gets its own."""

import pytest

from city.kernel.keyring import ensure_keys


@pytest.fixture(autouse=True, scope="session")
def _keys() -> None:
    ensure_keys()
