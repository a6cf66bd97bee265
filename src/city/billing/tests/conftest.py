"""Fixtures of this app: keys, a treasury, a bank."""

from collections.abc import Iterator

import pytest

from city.billing.declare import BANKS
from city.billing.tests import make
from city.kernel.keyring import ensure_keys


@pytest.fixture(autouse=True)
def _keys() -> None:
    ensure_keys()


@pytest.fixture
def treasury(db: None) -> make.Treasury:
    return make.a_treasury()


@pytest.fixture
def bank() -> Iterator[make.TestBank]:
    """The only bank on the shelf while a test runs."""
    others = dict(BANKS._things)
    BANKS._things.clear()
    yield BANKS.add("tests", make.TestBank())  # type: ignore[misc]
    BANKS._things.clear()
    BANKS._things.update(others)
