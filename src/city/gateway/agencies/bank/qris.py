"""The text behind a QRIS picture: EMV tag-length-value (EMVCo MPM 1.1), with the standard's own tags of Indonesia."""

from dataclasses import dataclass

CITY_OF_NATION = "ID.CO.QRIS.WWW"  # the national merchant repository, tag 51
LONGEST = 512  # a QR picture of the standard holds no more characters than this


class NotQris(ValueError):
    """This text is no QRIS payload. The message says which part is wrong, for the log."""


@dataclass(frozen=True)
class Qris:
    """What a payload says. `amount` in rupiah, None where the payer types it; `national_id` is the NMID."""

    dynamic: bool
    merchant_ids: frozenset[str]
    national_id: str
    amount: int | None
    merchant: str
    city: str
    reference: str
    bill: str


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF), four capital hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return f"{value:04X}"


def split(text: str) -> dict[str, str]:
    """Tags and values of one level. Raises NotQris for a broken length, a foreign tag or one said twice."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isascii() and tag.isdigit() and length.isascii() and length.isdigit() and len(length) == 2):
            raise NotQris(f"no tag and length at {at}")
        end = at + 4 + int(length)
        if end > len(text) or tag in found or length == "00":
            raise NotQris(f"tag {tag} is cut off, empty or repeated")
        found[tag], at = text[at + 4 : end], end
    return found


def read(payload: str) -> Qris:
    """Read a payload. Raises NotQris unless it is whole, in rupiah, of Indonesia, and its checksum holds."""
    if not 20 <= len(payload) <= LONGEST or not payload.isascii():
        raise NotQris("length or alphabet")
    if payload[-8:-4] != "6304" or crc(payload[:-4]) != payload[-4:]:
        raise NotQris("checksum")
    tags = split(payload)
    wanted = {"00": "01", "53": "360", "58": "ID"}
    wrong = [tag for tag, value in wanted.items() if tags.get(tag) != value]
    missing = [tag for tag in ("01", "51", "52", "59", "60") if tag not in tags]
    if wrong or missing or next(iter(tags)) != "00" or tags["01"] not in ("11", "12"):
        raise NotQris(f"tags {', '.join([*wrong, *missing]) or '00 or 01'}")
    accounts = {tag: split(value) for tag, value in tags.items() if "26" <= tag <= "51"}
    more = split(tags.get("62", ""))
    nation = accounts["51"]
    if nation.get("00") != CITY_OF_NATION:
        raise NotQris("tag 51")
    return Qris(
        dynamic=tags["01"] == "12",
        merchant_ids=frozenset(account.get("02", "") for tag, account in accounts.items() if tag != "51"),
        national_id=nation.get("02", ""),
        amount=_rupiah(tags["54"]) if "54" in tags else None,
        merchant=tags["59"],
        city=tags["60"],
        reference=more.get("05", ""),
        bill=more.get("01", ""),
    )


def _rupiah(text: str) -> int:
    whole, _, cents = text.partition(".")
    if not (whole.isdigit() and cents in ("", "0", "00") and 0 < len(text) <= 13):
        raise NotQris(f"amount {text}")
    return int(whole)
