"""What others ask about files and papers. Who may see one is asked by the caller, before."""

from city.documents.queries.files import (
    content,
    file,
    files,
    known_places,
    page_image,
    response,
    sentence,
    thumbnail,
    why,
)
from city.documents.queries.keys import key_of
from city.documents.queries.papers import (
    PdfVerdict,
    draft_content,
    draft_response,
    paper,
    paper_response,
    paper_with_hash,
    signature_provider,
    unsigned_papers,
    verify_pdf,
)

__all__ = [
    "PdfVerdict",
    "content",
    "draft_content",
    "draft_response",
    "file",
    "files",
    "key_of",
    "known_places",
    "page_image",
    "paper",
    "paper_response",
    "paper_with_hash",
    "response",
    "sentence",
    "signature_provider",
    "thumbnail",
    "unsigned_papers",
    "verify_pdf",
    "why",
]
