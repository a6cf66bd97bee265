"""Each line of `city verify` is shown a planted break, and names it."""

import pytest

from city.kernel.checks import CHECKS
from city.ledger.actions.seal import seal
from city.ledger.tests.make import AT, a_document, agencies, bend, posted


@pytest.fixture
def books(own_city: str) -> str:
    """Two SKPDs with a receipt and an assessment each, sealed."""
    agencies("BPKAD", "DISHUB")
    for entity in ("BPKAD", "DISHUB"):
        posted(a_document("SKRD", entity=entity), a_document("NK", entity=entity, amount=500))
    assert seal(at=AT) == 8
    return own_city


def said() -> dict[str, list[str]]:
    asked = {name.removeprefix("ledger: "): list(ask()) for name, ask in CHECKS.items() if name.startswith("ledger:")}
    return {name: lines for name, lines in asked.items() if lines}


PLANTED = {
    "UPDATE ledger_line SET debit = debit + 1 WHERE debit = 500 AND account = '1.1.01.01.01.0001' AND id < 10": {
        "every entry is balanced": "Entry 4 of NK/BPKAD/2026/000001 has 2 lines with debit 501 and credit 500.",
        "monthly balances are their lines": "1.1.01.01.01.0001 in PPKD",
        "the chains of seals hold": "Entries of PPKD",
    },
    "DELETE FROM ledger_line WHERE entry_id = 1": {
        "every entry is balanced": "Entry 1 of SKRD/BPKAD/2026/000001 has 0 lines",
        "monthly balances are their lines": "is not the sum of its lines",
        "the chains of seals hold": "Entries of BPKAD 1 to ",
    },
    "UPDATE ledger_line SET account = '1.1.01.02.01.0001' WHERE account = '3.1.02.05.01.0001' AND entity = 'DISHUB'": {
        "the books are pure": "on account 1.1.01.02.01.0001 does not belong in book lra",
        "monthly balances are their lines": "1.1.01.02.01.0001 in DISHUB",
        "the chains of seals hold": "Entries of DISHUB",
    },
    "UPDATE ledger_line SET counterpart = 'DISHUB' WHERE counterpart = 'BPKAD'": {
        "RK SKPD and RK PPKD mirror each other": "RK of BPKAD: the SKPD says -500 sen, the treasury 0.",
        "monthly balances are their lines": "1.1.13.01.01.0001 in PPKD",
        "the chains of seals hold": "Entries of PPKD",
    },
    "UPDATE ledger_balance SET credit = credit + 1 WHERE account = '7.1.02.02.01.0001' AND entity = 'BPKAD'": {
        "monthly balances are their lines": "The balance of 7.1.02.02.01.0001 in BPKAD, finansial, 2026-11",
    },
    "DELETE FROM ledger_balance WHERE account = '7.1.02.02.01.0001' AND entity = 'BPKAD'": {
        "monthly balances are their lines": "The balance of 7.1.02.02.01.0001 in BPKAD, finansial, 2026-11",
    },
    "UPDATE ledger_document SET number = 2 WHERE label = 'SKRD/BPKAD/2026/000001'": {
        "numbers leave no hole": "Series SKRD/BPKAD/2026 counts to 1, but has 1 documents up to number 2.",
        "the chains of seals hold": "Entries of BPKAD",
    },
    "UPDATE ledger_series SET last = 5 WHERE type = 'NK' AND entity = 'DISHUB'": {
        "numbers leave no hole": "Series NK/DISHUB/2026 counts to 5, but has 1 documents up to number 1.",
    },
    "UPDATE ledger_document SET description = 'Bukan contoh' WHERE label = 'SKRD/DISHUB/2026/000001'": {
        "the chains of seals hold": "Entries of DISHUB",
    },
    "UPDATE kernel_seal SET previous = 'x' WHERE chain = 'ledger:PPKD'": {
        "the chains of seals hold": "Seal 1 of chain ledger:PPKD does not follow seal 0.",
    },
    "DELETE FROM kernel_seal WHERE chain = 'ledger:BPKAD'": {
        "nothing outside the seals but the fresh tail": "Entry 1 of BPKAD is in no seal and is not waiting for one.",
    },
    "INSERT INTO ledger_document (id, type, variant, entity, year, number, label, source_kind, source, part,"
    " value_date, posted_on, description, told, actor, at) SELECT gen_random_uuid(), 'STS', '', 'BPKAD', 2026, 1,"
    " 'STS/kosong', 'x', gen_random_uuid(), '', '2026-01-01', '2026-01-01', '', '{}', 'x', now()": {
        "every entry is balanced": "Document STS/kosong has no entry.",
        "numbers leave no hole": "Series STS/BPKAD/2026 counts to None, but has 1 documents up to number 1.",
    },
}


def test_honest_books_say_nothing(books: str) -> None:
    assert said() == {}


@pytest.mark.parametrize("sentence", PLANTED)
def test_a_planted_break_is_named(books: str, sentence: str) -> None:
    bend(books, sentence)
    found, wanted = said(), PLANTED[sentence]
    assert set(found) == set(wanted)
    for name, words in wanted.items():
        assert any(words in line for line in found[name]), found[name]


def test_a_date_set_back_is_named(books: str) -> None:
    posted(a_document())
    bend(books, "UPDATE ledger_document SET posted_on = '2026-01-01' WHERE number = 2")
    assert said()["numbers leave no hole"] == [
        "Document SKRD/BPKAD/2026/000002 was posted on an earlier day than the number before it."
    ]


def test_an_entry_taken_off_the_sealers_list_is_named(books: str) -> None:
    posted(a_document())
    bend(books, "DELETE FROM ledger_unsealed")
    [line] = said()["nothing outside the seals but the fresh tail"]
    assert "of BPKAD is in no seal" in line


def test_every_check_has_its_planted_break() -> None:
    named: set[str] = {name for broken in PLANTED.values() for name in broken}
    assert named == {name.removeprefix("ledger: ") for name, _ask in CHECKS.items() if name.startswith("ledger:")}
