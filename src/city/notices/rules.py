"""What one SMS holds, pure (3GPP TS 23.038: 160 places, some letters take two; one letter outside halves them)."""

ONE_SMS = 160
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("\f^{}\\[~]|€")
_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "•": "-", "`": "'"}
)


def sms_places(text: str) -> int | None:
    """How many of the 160 places the text takes; None when a letter of it is in no phone's plain alphabet."""
    places = 0
    for letter in text:
        if letter in _PLAIN:
            places += 1
        elif letter in _DOUBLE:
            places += 2
        else:
            return None
    return places


def fits_one_sms(text: str) -> bool:
    places = sms_places(text)
    return places is not None and places <= ONE_SMS


def as_one_sms(text: str) -> str:
    """The text as one plain SMS: typographic marks made plain, unknown letters as "?", the end cut with "..." if long.

    Names can be longer than anybody's sample; a cut sentence still arrives, a second SMS would double the price.
    """
    plain = "".join(c if c in _PLAIN or c in _DOUBLE else "?" for c in text.translate(_FOLDED))
    if fits_one_sms(plain):
        return plain
    while (sms_places(plain) or 0) > ONE_SMS - 3:
        plain = plain[:-1]
    return plain.rstrip() + "..."
