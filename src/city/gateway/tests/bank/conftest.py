"""One bank process for all tests of this folder that do not hurt it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from city.gateway.agencies.bank.snap import SnapBank
from city.gateway.tests.bank.make import BankProcess, a_bank, a_bank_process


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BankProcess]:
    """A bank whose city never answers: for what the city asks of it."""
    with a_bank_process(Path(tmp_path_factory.mktemp("bank"))) as bank:
        yield bank


@pytest.fixture
def bank(running: BankProcess) -> SnapBank:
    return a_bank(running)
