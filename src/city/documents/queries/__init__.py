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

__all__ = [
    "content",
    "file",
    "files",
    "key_of",
    "known_places",
    "page_image",
    "response",
    "sentence",
    "thumbnail",
    "why",
]
