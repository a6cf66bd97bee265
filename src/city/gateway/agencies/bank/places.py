"""Which bank a person means. Codes are Bank Indonesia's three digits (sandi bank); not all banks are here."""

import re

CODES = {
    "mandiri": "008",
    "rakyat indonesia": "002",
    "bri": "002",
    "negara indonesia": "009",
    "bni": "009",
    "tabungan negara": "200",
    "btn": "200",
    "central asia": "014",
    "bca": "014",
    "syariah indonesia": "451",
    "bsi": "451",
    "jabar banten": "110",
    "bjb": "110",
    "banten": "137",
    "dki": "111",
    "jakarta": "111",
    "cimb niaga": "022",
    "cimb": "022",
    "permata": "013",
    "danamon": "011",
    "mega": "426",
    "ocbc": "028",
    "ocbc nisp": "028",
    "panin": "019",
    "muamalat": "147",
    "muamalat indonesia": "147",
    "jago": "542",
}
_FILLER = re.compile(r"\b(pt|bank|tbk|persero|bpd)\b|[^a-z ]+")


def code_of(bank: str, ours: str, our_name: str) -> str:
    """Three digits for a bank's name or code; empty where we do not know whom the person means."""
    if re.fullmatch(r"\d{3}", bank.strip(), re.ASCII):
        return bank.strip()
    name = _plain(bank)
    return ours if name and name == _plain(our_name.partition("(")[0]) else CODES.get(name, "")


def _plain(name: str) -> str:
    return " ".join(_FILLER.sub(" ", name.lower()).split())
