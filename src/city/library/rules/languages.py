"""Languages by the three letters of MARC (ISO 639-2/B) and how each page names them."""

from babel import Locale

# Where the three letters of libraries are not those of the world's other lists.
_CODES = {
    "ind": "id", "jav": "jv", "sun": "su", "may": "ms", "msa": "ms", "eng": "en", "dut": "nl", "nld": "nl", "ara": "ar",
    "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "jpn": "ja", "chi": "zh", "zho": "zh", "kor": "ko", "heb": "he",
    "nep": "ne", "hin": "hi", "san": "sa", "tam": "ta", "spa": "es", "por": "pt", "ita": "it", "rus": "ru", "lat": "la",
    "tur": "tr", "per": "fa", "urd": "ur", "tha": "th", "vie": "vi", "pol": "pl", "cze": "cs", "gre": "el", "hun": "hu",
    "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "ukr": "uk", "ben": "bn", "bur": "my", "khm": "km", "tgl": "tl",
}  # fmt: skip
# Languages whose words Sastrawi's stemmer understands.
STEMMED = frozenset(("ind", "may", "msa", ""))


def language_name(code: str, language: str) -> str:
    """`ind` → Indonesia (id), Indonesian (en); the code itself where no list knows it."""
    return str(Locale.parse(language).languages.get(_CODES.get(code, code), code)) if code else ""
