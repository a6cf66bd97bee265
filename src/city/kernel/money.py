"""Rupiah: whole numbers, shown and spelled as the law prints them."""

_UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def terbilang(amount: int) -> str:
    """The amount in Indonesian words: 1_620_000 is "satu juta enam ratus dua puluh ribu"."""
    if amount < 0:
        return f"minus {terbilang(-amount)}"
    return _words(amount).strip() or "nol"


def _words(n: int) -> str:
    for scale, name in _SCALES:
        if n >= scale:
            head = "seribu" if scale == 1000 and n < 2000 else f"{_words(n // scale)} {name}"
            return f"{head} {_words(n % scale)}".strip()
    if n >= 100:
        head = "seratus" if n < 200 else f"{_UNITS[n // 100]} ratus"
        return f"{head} {_words(n % 100)}".strip()
    if n >= 20:
        return f"{_UNITS[n // 10]} puluh {_UNITS[n % 10]}".strip()
    return _UNITS[n] if n < 12 else f"{_UNITS[n - 10]} belas"
