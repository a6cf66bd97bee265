"""Shelves and shapes for the floors above: the bank that takes payments, and the formulas by which fees are found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.billing.rules import asset_use, building
from city.billing.rules.fees import BadFactors, FactorFault, Factors, Fee, NoRate, Rates
from city.billing.rules.statement import Statement, StatementLine, read_statement, write_statement
from city.kernel.registry import Registry

__all__ = ["BadFactors", "NoRate", "Statement", "StatementLine", "read_statement", "write_statement"]

QRIS, VA = "qris", "va"
# What an office may do here: keep the till and the lists; decide on objections, instalments, refunds, cancellations.
TREASURY, DECIDE = "billing.treasury", "billing.decide"
AUDIT = "audit.read"


class BankRefused(Exception):
    """The bank answered no. `sentence` is shown to the person as it is; trying again alone will not help."""

    def __init__(self, sentence: object, code: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code


class BankUnreachable(BankRefused):
    """The bank did not answer, or not in time: nothing is known to have happened; the same request may be repeated."""


@dataclass(frozen=True)
class QrisOrder:
    """A QR code wanted for a bill. `label` is the bill's number as printed; `amount` in rupiah."""

    bill: UUID
    label: str
    amount: int
    expires_at: datetime


@dataclass(frozen=True)
class AccountOrder:
    """A virtual account wanted for a bill; `payer_name` is what the payer's bank shows before she pays."""

    bill: UUID
    label: str
    payer_name: str
    amount: int
    expires_at: datetime


@dataclass(frozen=True)
class TransferOrder:
    """Money to give back. `id` makes it safe to repeat: the bank moves it once."""

    id: UUID
    to_bank: str
    to_account: str
    to_name: str
    amount: int
    reason: str


@dataclass(frozen=True)
class QrisCode:
    """`payload` is the EMV text behind the picture; `reference` names the order at the bank."""

    payload: str
    reference: str
    expires_at: datetime


@dataclass(frozen=True)
class VirtualAccount:
    number: str
    reference: str
    expires_at: datetime


@dataclass(frozen=True)
class BankReceipt:
    """Money that arrived, as the bank told it. `reference` is our order's, `bank_reference` is unique at the bank."""

    channel: str
    reference: str
    bank_reference: str
    amount: int
    paid_at: datetime
    payer_name: str = ""


class Bank(Protocol):
    """Who holds the city's account. The gateway registers "snap". Each call may raise BankRefused or BankUnreachable.

    No call is made inside a transaction. Every call is safe to repeat with the same order.
    """

    simulated: bool

    def ask_qris(self, order: QrisOrder) -> QrisCode: ...

    def ask_account(self, order: AccountOrder) -> VirtualAccount: ...

    def inquire(self, channel: str, reference: str) -> list[BankReceipt]:
        """What was paid on an order of ours; empty while nothing was."""

    def statement(self, day: date) -> bytes:
        """The day's file, as `write_statement` writes it; lines of refunds carry the reference of `transfer_back`."""

    def knows(self, bank: str) -> bool:
        """Whether money can be sent to a bank of this name; said without asking anybody."""

    def transfer_back(self, order: TransferOrder) -> str:
        """Send money back; returns the bank's reference once it moved. BankRefused says that this order will never
        move any, so that another may be made; whatever is not known for sure is BankUnreachable."""

    def came_back(self, order_id: UUID, to_bank: str) -> bool:
        """Whether a transfer that had moved failed after all: its money is on the city's account again."""


BANKS: Registry[Bank] = Registry("bank")


@dataclass(frozen=True)
class Factor:
    """One thing a payer tells of herself: a measure with its unit, or a choice of (code, words)."""

    name: str
    label: Any
    hint: Any = ""
    unit: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    sample: str = ""


@dataclass(frozen=True)
class Accounts:
    """Where a charge is booked: the claim, its revenue in the accrual book and in the budget book."""

    receivable: str
    revenue_lo: str
    revenue_lra: str


@dataclass(frozen=True)
class Formula:
    """A charge: how it is worked out, from which factors, on which law, and where it is booked.

    `words` names the codes its lines use. The same `work_out` serves assessment, what-if and public recomputation.
    """

    title: Any
    law: Any
    factors: tuple[Factor, ...]
    work_out: Callable[[Factors, Rates], Fee]
    accounts: Accounts
    written: Any
    words: Mapping[str, Any] = field(default_factory=dict)


FORMULAS: Registry[Formula] = Registry("formula of a fee")
_FAULTS = {
    "missing": _("Isi dulu: %(label)s."),
    "not_a_number": _("%(label)s harus angka, misalnya 12 atau 12,5."),
    "not_whole": _("%(label)s harus bilangan bulat, tanpa koma."),
    "too_fine": _("%(label)s paling banyak %(places)s angka di belakang koma."),
    "out_of_bounds": _("%(label)s harus antara %(least)s dan %(most)s."),
    "no_such_choice": _("Pilih %(label)s dari daftar."),
}


def sentence_of(fault: FactorFault, label: Any) -> str:
    """What is wrong with a factor, in the reader's language."""
    return str(_FAULTS[fault.code]) % {"label": label, **dict(fault.facts)}


# Units as rates name them, here to be translated.
UNITS = (_("hari"), _("Rp/m²/hari"), _("bulan"), _("kali"))
ROUNDING = _("Dibulatkan ke bawah ke rupiah penuh.")
_PLACES = (
    ("main_road", _("Di tepi jalan utama")),
    ("other_road", _("Di tepi jalan lain")),
    ("inside", _("Di dalam lingkungan, tanpa jalan depan")),
)
_FUNCTIONS = (
    ("house_small", _("Hunian, kurang dari 100 m² dan di bawah 2 lantai")),
    ("house_large", _("Hunian, 100 m² ke atas atau 2 lantai ke atas")),
    ("business", _("Usaha")),
    ("business_small", _("Usaha mikro dengan gambar contoh")),
    ("social", _("Sosial dan budaya")),
    ("mixed_small", _("Campuran, kurang dari 500 m² dan di bawah 2 lantai")),
    ("mixed_large", _("Campuran, 500 m² ke atas atau 2 lantai ke atas")),
    ("worship", _("Keagamaan")),
)

FORMULAS.add(
    "pemakaian_aset",
    Formula(
        title=_("Pemakaian tanah milik kota"),
        law=_("UU 1/2022 tentang hubungan keuangan pusat dan daerah; peraturan daerah tentang retribusi"),
        factors=(
            Factor("area", _("Luas tanah"), _("Boleh dengan koma, misalnya 12,5."), "m²", sample="12"),
            Factor("days", _("Lama pemakaian"), _("Dari hari pertama sampai hari terakhir."), _("hari"), sample="90"),
            Factor("place", _("Letak tanah"), choices=_PLACES, sample="main_road"),
        ),
        work_out=asset_use.fee,
        accounts=Accounts("1.1.04.02.01.0001", "7.1.02.02.01.0001", "4.1.02.02.01.0001"),
        written=_("luas × hari × tarif"),
        words={
            "area": _("Luas tanah"),
            "days": _("Lama pemakaian"),
            "tariff": _("Tarif per m² per hari"),
            **{f"asset.land.{code}": words for code, words in _PLACES},
        },
    ),
)
FORMULAS.add(
    "pbg",
    Formula(
        title=_("Persetujuan bangunan gedung (PBG)"),
        law=_("PP 16/2021; peraturan daerah tentang retribusi"),
        factors=(
            Factor("area", _("Luas total lantai"), _("Jumlah luas semua lantai."), "m²", sample="90"),
            Factor("floors", _("Jumlah lantai"), unit=_("lantai"), sample="1"),
            Factor("function", _("Fungsi bangunan"), choices=_FUNCTIONS, sample="house_small"),
            Factor(
                "complexity",
                _("Kompleksitas"),
                choices=(("simple", _("Sederhana")), ("complex", _("Tidak sederhana"))),
                sample="simple",
            ),
            Factor(
                "permanence",
                _("Permanensi"),
                choices=(("permanent", _("Permanen")), ("temporary", _("Tidak permanen"))),
                sample="permanent",
            ),
            Factor(
                "owner",
                _("Pemilik"),
                choices=(("private", _("Orang atau badan usaha")), ("state", _("Negara"))),
                sample="private",
            ),
            Factor(
                "work",
                _("Pekerjaan"),
                choices=(
                    ("new", _("Bangunan baru")),
                    ("renovation_medium", _("Perbaikan rusak sedang")),
                    ("renovation_heavy", _("Perbaikan rusak berat")),
                ),
                sample="new",
            ),
        ),
        work_out=building.fee,
        accounts=Accounts("1.1.04.03.01.0001", "7.1.02.03.01.0001", "4.1.02.03.01.0001"),
        written=_("LLt × (Ilo × SHST) × It × Ibg, dengan It = If × Σ(bp × Ip) × Fm"),
        words={
            "area_total": _("Luas total lantai (LLt)"),
            "ilo": _("Indeks lokalitas (Ilo)"),
            "shst": _("Standar harga satuan tertinggi (SHST)"),
            "function": _("Indeks fungsi (If)"),
            "bp_complexity": _("Bobot kompleksitas (bp)"),
            "complexity": _("Indeks kompleksitas (Ip)"),
            "bp_permanence": _("Bobot permanensi (bp)"),
            "permanence": _("Indeks permanensi (Ip)"),
            "bp_height": _("Bobot ketinggian (bp)"),
            "height": _("Indeks ketinggian (Ip)"),
            "owner": _("Faktor kepemilikan (Fm)"),
            "it": _("Indeks terintegrasi (It)"),
            "work": _("Indeks bangunan gedung (Ibg)"),
            **{f"pbg.function.{code}": words for code, words in _FUNCTIONS},
        },
    ),
)
