"""PDFs are kept as they came, since they may be signed; so what could act by itself is not let in."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Stream
from PIL import Image

from city.documents.inspection.pictures import PAGE_WIDTH, THUMBNAIL, as_jpeg
from city.documents.inspection.verdict import Unusable

_ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToE"}
_CARRIES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D", "/Screen"}
_MOST_OBJECTS = 500_000


def examine(content: bytes, question: dict[str, Any]) -> tuple[dict[str, Any], bytes, bytes]:
    pages = _checked(content, question["max_pages"])
    try:
        thumbnail = _drawn(content, 1, THUMBNAIL, longest=True)
    except pypdfium2.PdfiumError as error:
        raise Unusable("pdf.broken") from error
    return {"pages": pages}, b"", as_jpeg(thumbnail, 78)


def page(content: bytes, number: int) -> bytes:
    return as_jpeg(_drawn(content, number, PAGE_WIDTH, longest=False), 85)


def _checked(content: bytes, most: int) -> int:
    """How many pages a harmless PDF has."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            count = len(pdf.pages)
            _check_objects(pdf)
    except pikepdf.PasswordError as error:
        raise Unusable("pdf.encrypted") from error
    except pikepdf.PdfError as error:
        raise Unusable("pdf.broken") from error
    if count == 0:
        raise Unusable("pdf.broken")
    if count > most:
        raise Unusable("pdf.too_many_pages", pages=count, limit_pages=most)
    return count


def _check_objects(pdf: pikepdf.Pdf) -> None:
    for number, found in enumerate(pdf.objects):
        if number > _MOST_OBJECTS:
            raise Unusable("file.unreadable")
        for part in _dictionaries(found):
            if "/JS" in part or "/XFA" in part or str(part.get("/S", "")) in _ACTS:
                raise Unusable("pdf.script")
            if "/EF" in part or str(part.get("/Subtype", "")) in _CARRIES:
                raise Unusable("pdf.attachment")


def _dictionaries(top: Any) -> Iterator[Any]:
    """Every dictionary written inside one object; those it only refers to come by themselves."""
    waiting = [top]
    while waiting:
        part = waiting.pop()
        inside: list[Any] = []
        if isinstance(part, (Dictionary, Stream)):
            yield part
            inside = [part.get(key) for key in part.keys()]  # noqa: SIM118 - iterating a stream reads its bytes
        elif isinstance(part, Array):
            inside = list(part)
        waiting += [i for i in inside if isinstance(i, (Dictionary, Array)) and not i.is_indirect]


def _drawn(content: bytes, number: int, pixels: int, *, longest: bool) -> Image.Image:
    pdf = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    sheet = pdf[number - 1]
    width, height = sheet.get_size()
    scale = pixels / max(width, height if longest else width * 0.5, 1)
    drawn: Image.Image = sheet.render(scale=min(scale, 4 * pixels / max(height, 1)), may_draw_forms=False).to_pil()
    return drawn
