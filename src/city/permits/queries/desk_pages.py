"""Documents as pictures: an officer reads pages beside the checklist, and no foreign PDF runs in her browser."""

import io
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pypdfium2
from django.utils.translation import gettext_lazy as _

from city.documents.models import StoredFile
from city.documents.queries import content
from city.kernel.errors import Refusal

WIDTH = 1240  # pixels: A4 at 150 dots an inch, sharp on a split screen
TALLEST = 4000
_open: Callable[[bytes], Any] = pypdfium2.PdfDocument
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads


def is_pdf(file: StoredFile) -> bool:
    return file.content_type == "application/pdf"


def is_picture(file: StoredFile) -> bool:
    return file.content_type.startswith("image/")


def page_picture(file: StoredFile, number: int) -> bytes:
    """One page of a PDF as a JPEG. Refuses (404) a page that it has not."""
    return jpeg_of(content(file.pk), number)


def jpeg_of(pdf: bytes, number: int) -> bytes:
    with _ONE_AT_A_TIME:
        document = _open(pdf)
        try:
            if not 1 <= number <= len(document):
                raise Refusal("document.no_such_page", _("Halaman ini tidak ada di dokumen itu."), status=404)
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, TALLEST / height)
            picture = page.render(scale=scale, may_draw_forms=False).to_pil()
        finally:
            document.close()
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=82)
    return written.getvalue()


def neighbours(number: int, pages: int) -> tuple[int, int]:
    """The page before and after; 0 where there is none."""
    return (number - 1 if number > 1 else 0), (number + 1 if number < pages else 0)


def within(number: int, pages: int | None) -> int:
    """A page number somebody wrote into an address, brought inside the document."""
    return max(1, min(number, pages or 1))


def position(code: str, codes: Iterable[str]) -> tuple[str, str]:
    """The code before and after this one; empty where there is none."""
    order = list(codes)
    if code not in order:
        return "", ""
    at = order.index(code)
    return (order[at - 1] if at else ""), (order[at + 1] if at + 1 < len(order) else "")
