"""What a NIK, a name and a telephone number are. Pure: whoever shows a sentence translates it."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

import phonenumbers


def N_(text: str) -> str:
    """Marks a sentence for translation."""
    return text


@dataclass(frozen=True)
class Fault:
    """One thing wrong: a stable code, and the sentence in Indonesian with what fills it."""

    code: str
    text: str
    facts: dict[str, int] = field(default_factory=dict)


NIK_DIGITS = 16
# Kode wilayah (Permendagri 72/2019): provinces run from 11 to 99. Districts run from 01, and no regency has 99 of them,
# so that 99 is free for people who do not exist.
DEMO_DISTRICT = "99"
_WOMEN = 40  # a woman's day of birth is written plus 40 (Perpres 26/2009)


def digits_of(text: str) -> str:
    """The NIK as it is kept: people type spaces, dots and hyphens between the groups."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", text))


def errors_in_nik(text: str, *, born: date | None = None) -> list[Fault]:
    """What is wrong with a typed NIK, at most one fault; `born` is checked against the date written in it."""
    nik = digits_of(text)
    if not nik:
        return [Fault("nik.missing", N_("Isi NIK: 16 angka di bawah tulisan NIK pada KTP."))]
    if not (nik.isascii() and nik.isdigit()):
        return [Fault("nik.letters", N_("NIK hanya angka. Periksa huruf O dan angka 0."))]
    if len(nik) != NIK_DIGITS:
        return [Fault("nik.length", N_("NIK harus 16 angka. Anda mengetik %(count)s."), {"count": len(nik)})]
    day, month = int(nik[6:8]) % _WOMEN, int(nik[8:10])
    if nik[:2] < "11" or nik[2:4] == "00" or nik[4:6] == "00" or nik[12:] == "0000":
        return [Fault("nik.shape", N_("NIK ini tidak cocok dengan pola KTP. Cocokkan lagi tiap angkanya."))]
    if int(nik[6:8]) > 71 or not _is_day(day, month, int(nik[10:12])):
        return [Fault("nik.birth", N_("Angka ke-7 sampai ke-12 bukan tanggal lahir. Cocokkan lagi dengan KTP."))]
    if born and (day, month, int(nik[10:12])) != (born.day, born.month, born.year % 100):
        return [Fault("nik.other_birth", N_("Tanggal lahir berbeda dari yang tertulis di NIK. Periksa keduanya."))]
    return []


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        date(2000 + year, month, day)  # leap years repeat every four years from 1904 to 2096, so either century will do
    except ValueError:
        return False
    return True


def masked(nik: str) -> str:
    """The NIK as officials and its owner see it: the region and the last four, nothing about the birth date."""
    return f"{nik[:4]}{'•' * 8}{nik[-4:]}"


def name_of(text: str) -> str:
    """A typed name as it is kept: one space between words, straight apostrophes, nothing else changed."""
    text = unicodedata.normalize("NFC", text).translate(str.maketrans("‘’ʼ`´", "'''''"))
    return " ".join(text.split())


def errors_in_name(text: str) -> list[Fault]:
    """Names are one word or many, with titles, dots, commas, apostrophes and hyphens; digits are refused."""
    name = name_of(text)
    if not name:
        return [Fault("name.missing", N_("Isi nama seperti di KTP."))]
    if len(name) > 160:
        return [Fault("name.long", N_("Nama terlalu panjang: %(count)s huruf, batasnya 160."), {"count": len(name)})]
    if not any(c.isalpha() for c in name) or any(not _in_a_name(c) for c in name):
        return [Fault("name.signs", N_("Nama hanya huruf, titik, koma, petik dan tanda hubung, seperti di KTP."))]
    return []


def _in_a_name(c: str) -> bool:
    return c.isalpha() or unicodedata.category(c).startswith("M") or c in " .,'-()/"


def normal_phone(text: str) -> str:
    """A telephone number in E.164 ("+6281234567890"), or "" when it is none.

    Read as people write it here: 0812-3456-7890, +62 812 3456 7890, 62812…, 812….
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    digits = re.sub(r"\D", "", typed)
    if typed.startswith("+") or digits.startswith("00"):
        tries = ["+" + digits.removeprefix("00")]
    elif digits.startswith("62"):
        tries = ["+" + digits]
    else:
        tries = [digits]
    for each in tries:
        try:
            number = phonenumbers.parse(each, "ID")
        except phonenumbers.NumberParseException:
            continue
        if re.search(r"[A-Za-z@]", typed) is None and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def normal_email(text: str) -> str:
    """The address as it is kept and looked up: lower case, no spaces around."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def shown_phone(number: str) -> str:
    """E.164 as people here read it: "0812-3456-7890"; a foreign number with its country."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 62
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def device_of(user_agent: str) -> tuple[str, str]:
    """Browser and system as people know them: ("Chrome", "Android"); "" where it cannot be told."""
    return _first_in(user_agent, _BROWSERS), _first_in(user_agent, _SYSTEMS)


# In this order: Edge and Samsung's browser call themselves Chrome too, Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def _first_in(text: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((shown for mark, shown in names if mark in text), "")


def masked_contact(address: str) -> str:
    """Enough of an address to recognise one's own: "r•••@contoh.id", "0812-••••-7890"."""
    if "@" in address:
        name, _, where = address.partition("@")
        return f"{name[:1]}•••@{where}"
    shown = shown_phone(address)
    return f"{shown[:5]}••••{shown[-4:]}"
