"""The QRIS text of one dynamic code, built as an acquirer builds it (EMVCo MPM 1.1; QRIS tags 26 and 51)."""

from city.gateway.agencies.bank.options import Contract
from city.gateway.agencies.bank.qris import CITY_OF_NATION, crc

ACQUIRER = "COM.BANKCONTOH.WWW"
SIZE = "URE"  # merchant criteria: regular merchant
GOVERNMENT = "9399"  # merchant category: government services
MERCHANT, CITY, POST = "PEMKOT CILEGON SIMULASI", "KOTA CILEGON", "42411"
RUPIAH = "360"


def _tag(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"


def _with_check_digit(digits: str) -> str:
    """Luhn's digit at the end, as on every card and merchant number (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def payload(contract: Contract, *, amount: int, reference: str, bill: str) -> str:
    """`bill` is printed on the payer's slip; `reference` is the partner's, at most 25 letters."""
    number = _with_check_digit(f"93600{contract.bank_code}{contract.merchant_id[-4:]:0>10}")
    acquirer = _tag("00", ACQUIRER) + _tag("01", number) + _tag("02", contract.merchant_id) + _tag("03", SIZE)
    nation = _tag("00", CITY_OF_NATION) + _tag("02", contract.national_id) + _tag("03", SIZE)
    more = (_tag("01", bill[:25]) if bill else "") + _tag("05", reference[:25]) + _tag("07", "A01")
    text = "".join(
        _tag(number, value)
        for number, value in (
            ("00", "01"),
            ("01", "12"),
            ("26", acquirer),
            ("51", nation),
            ("52", GOVERNMENT),
            ("53", RUPIAH),
            ("54", str(amount)),
            ("58", "ID"),
            ("59", MERCHANT),
            ("60", CITY),
            ("61", POST),
            ("62", more),
        )
    )
    return f"{text}6304{crc(text + '6304')}"
