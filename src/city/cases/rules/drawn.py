"""What a page had drawn of an answer, so that an older page takes nothing back from a newer one."""

import hashlib
from dataclasses import dataclass


def drawn_digest(answer: str) -> str:
    """Stands for an answer on the page that drew it; the same for any browser's line ends."""
    return hashlib.sha256(answer.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Drawn:
    """Of one field: the digests of what the page showed, and what it has itself sent since and heard nothing of."""

    shown: frozenset[str]
    sent: frozenset[str] = frozenset()

    def was_before(self, stored: str) -> bool:
        """Whether nobody else has changed the stored answer since the page was drawn."""
        return drawn_digest(stored) in self.shown | self.sent

    def is_untouched(self, typed: str) -> bool:
        """Whether she typed nothing here."""
        return drawn_digest(typed) in self.shown
