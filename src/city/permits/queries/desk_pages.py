"""Which document and page an officer looks at, and what stands before and after it."""

from collections.abc import Iterable

from city.documents.models import StoredFile


def is_pdf(file: StoredFile) -> bool:
    return file.content_type == "application/pdf"


def is_picture(file: StoredFile) -> bool:
    return file.content_type.startswith("image/")


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
