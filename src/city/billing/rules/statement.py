"""The bank's statement of one day as a file: UTF-8, semicolons, one head line, one column line, one line a movement.

    REKENING;0012.0001;2026-11-24;1000000;1405000
    waktu;referensi_bank;jenis;referensi;jumlah;keterangan
    2026-11-24T14:10:05+07:00;BK2611240001;qris;QR-01;405000;Pembayaran QRIS

`jumlah` is in whole rupiah, positive into the city's account and negative out of it; `jenis` is qris, va, transfer,
out, or back (a transfer of ours returned, whose number at the bank `referensi` is then); else `referensi` is the
reference of our own order, empty where the bank knows none.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

COLUMNS = ("waktu", "referensi_bank", "jenis", "referensi", "jumlah", "keterangan")
KINDS = frozenset({"qris", "va", "transfer", "out", "back"})
MAX_BYTES = 5_000_000


def slip_of(text: str) -> str:
    """The number on a bank's slip as it is compared: typed by hand, so without blanks and in capitals."""
    return "".join(text.split()).upper()


@dataclass(frozen=True)
class StatementLine:
    """One movement on the account. `bank_reference` is unique at the bank."""

    at: datetime
    bank_reference: str
    kind: str
    reference: str
    amount: int
    text: str = ""


@dataclass(frozen=True)
class Statement:
    """One day of one account, with its opening and closing balance in rupiah."""

    account: str
    day: date
    opening: int
    closing: int
    lines: tuple[StatementLine, ...]


class StatementFault(ValueError):
    """The file is no statement. `code` has a sentence in actions; `line` is the line in the file, from 1."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(f"{code} in line {line}")
        self.code = code
        self.line = line


def write_statement(statement: Statement) -> bytes:
    """The file of a day."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    head = statement
    writer.writerow(["REKENING", head.account, head.day.isoformat(), head.opening, head.closing])
    writer.writerow(COLUMNS)
    for line in statement.lines:
        row = (line.at.isoformat(), line.bank_reference, line.kind, line.reference, line.amount, line.text)
        writer.writerow(row)
    return out.getvalue().encode()


def read_statement(data: bytes) -> Statement:
    """Read a file of a day; raises StatementFault for anything that does not add up."""
    if len(data) > MAX_BYTES:
        raise StatementFault("too_large")
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    except (UnicodeDecodeError, csv.Error) as error:
        raise StatementFault("not_text") from error
    if len(rows) < 2 or len(rows[0]) != 5 or rows[0][0] != "REKENING" or tuple(rows[1]) != COLUMNS:
        raise StatementFault("no_head", 1)
    lines = tuple(_line(row, number) for number, row in enumerate(rows[2:], start=3) if row)
    return _whole(rows[0], lines)


def _line(row: Sequence[str], number: int) -> StatementLine:
    try:
        at, bank_reference, kind, reference, amount, text = row
        line = StatementLine(datetime.fromisoformat(at), bank_reference.strip(), kind, reference, int(amount), text)
    except ValueError as error:
        raise StatementFault("bad_line", number) from error
    right_way = (line.amount < 0) == (line.kind == "out")
    if not line.bank_reference or kind not in KINDS or line.amount == 0 or not right_way or line.at.tzinfo is None:
        raise StatementFault("bad_line", number)
    return line


def _whole(head: Sequence[str], lines: tuple[StatementLine, ...]) -> Statement:
    try:
        statement = Statement(head[1], date.fromisoformat(head[2]), int(head[3]), int(head[4]), lines)
    except ValueError as error:
        raise StatementFault("no_head", 1) from error
    if len({line.bank_reference for line in lines}) != len(lines):
        raise StatementFault("repeated_reference")
    if statement.opening + sum(line.amount for line in lines) != statement.closing:
        raise StatementFault("does_not_add_up")
    return statement
