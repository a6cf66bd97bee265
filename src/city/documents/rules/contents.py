"""What a file is, told by its first bytes. Its name and what the browser said are hints, never proof."""

import re
import unicodedata
from dataclasses import dataclass

SNIFF_BYTES = 1024  # a PDF's mark may stand anywhere in its first 1,024 bytes (ISO 32000-1, note to 7.5.2)
_NAME_LENGTH = 120


@dataclass(frozen=True)
class Content:
    """A type of file: the word for it, how its name ends, and the reason it is turned away, if it always is."""

    word: str
    endings: tuple[str, ...]
    refused: str = ""


KNOWN = {
    "application/pdf": Content("PDF", (".pdf",)),
    "image/jpeg": Content("JPG", (".jpg", ".jpeg", ".jfif")),
    "image/png": Content("PNG", (".png",)),
    "image/webp": Content("WebP", (".webp",)),
    "image/heic": Content("HEIC", (".heic", ".heif"), refused="file.heic"),
    "image/avif": Content("AVIF", (".avif",)),
    "image/gif": Content("GIF", (".gif",)),
    "image/tiff": Content("TIFF", (".tif", ".tiff")),
    "image/bmp": Content("BMP", (".bmp",)),
    "image/svg+xml": Content("SVG", (".svg",)),
    "text/html": Content("HTML", (".html", ".htm")),
    "application/zip": Content("ZIP", (".zip",), refused="file.archive"),
    "application/vnd.rar": Content("RAR", (".rar",), refused="file.archive"),
    "application/x-7z-compressed": Content("7z", (".7z",), refused="file.archive"),
    "application/msword": Content("Word", (".doc", ".docx", ".odt", ".rtf"), refused="file.office"),
    "application/vnd.ms-excel": Content("Excel", (".xls", ".xlsx", ".ods"), refused="file.office"),
    "video/mp4": Content("video", (".mp4", ".mov", ".3gp"), refused="file.video"),
    "application/x-executable": Content("program", (".exe", ".apk")),
}
UNKNOWN = "application/octet-stream"

_MARKS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"{\\rtf", "application/msword"),
    (b"MZ", "application/x-executable"),
    (b"\x7fELF", "application/x-executable"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def content_type_of(head: bytes) -> str:
    """The MIME type of what begins with `head` (give it SNIFF_BYTES, or the whole of a smaller file)."""
    for mark, found in _MARKS:
        if head.startswith(mark):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(head)
    if b"%PDF-" in head[:SNIFF_BYTES]:
        return "application/pdf"
    return _of_text(head)


def _of_brand(brand: bytes) -> str:
    if brand in _HEIF_BRANDS:
        return "image/heic"
    return "image/avif" if brand == b"avif" else "video/mp4"


def _of_archive(head: bytes) -> str:
    """Word and Excel files are archives that say so by the names of what they hold first."""
    if b"word/" in head or b"opendocument.text" in head or b"[Content_Types]" in head:
        return "application/msword"
    return "application/vnd.ms-excel" if b"xl/" in head or b"opendocument.spreadsheet" in head else "application/zip"


def _of_text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return "image/svg+xml" if start.startswith((b"<?xml", b"<svg")) and b"<svg" in head else UNKNOWN


def type_by_name(name: str) -> str:
    """The type that a name's ending promises; UNKNOWN when it promises nothing we know."""
    lower = name.lower()
    return next((mime for mime, known in KNOWN.items() if lower.endswith(known.endings)), UNKNOWN)


def honest_name(name: str, content_type: str) -> str:
    """The file's name without folders or control characters, ending as its content is: a PNG named .pdf ends .png."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name).strip(" .") or "berkas"
    known = KNOWN.get(content_type)
    if known and not name.lower().endswith(known.endings):
        stem, dot, ending = name.rpartition(".")
        promised = dot and type_by_name(f".{ending}") != UNKNOWN
        name = (stem if promised and stem else name) + known.endings[0]
    stem, dot, ending = name.rpartition(".")
    keep = _NAME_LENGTH - len(ending) - 1
    return f"{stem[:keep]}.{ending}" if dot and keep > 0 else name[:_NAME_LENGTH]
