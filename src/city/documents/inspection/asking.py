"""What is asked about a file. Whatever goes wrong with the child is the file's fault."""

from dataclasses import dataclass

from city.documents.inspection.child import ask_child
from city.documents.rules import Limits, Reason

_PROGRAM = "city.documents.inspection"


@dataclass(frozen=True)
class Examined:
    """What a good file holds. `content` is what to keep: a picture drawn anew, a PDF as it came."""

    content: bytes
    thumbnail: bytes
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def examined(content: bytes, content_type: str, limits: Limits) -> Examined | Reason:
    """The file as it may be kept, or why it cannot be used. Pixels are those after turning it upright."""
    question = {"ask": "examine", "content_type": content_type, **limits.as_json()}
    answer = ask_child(_PROGRAM, question, content)
    if answer is None:
        return Reason("file.unreadable")
    said, kept, thumbnail = answer
    if "code" in said:
        return Reason(said["code"], said["facts"])
    return Examined(kept or content, thumbnail, said.get("pages"), said.get("width"), said.get("height"))


def page_picture(content: bytes, content_type: str, number: int) -> bytes | None:
    """A JPEG of one page (from 1), 1,400 pixels wide, for a page that may not show PDFs; None when there is none."""
    answer = ask_child(_PROGRAM, {"ask": "page", "content_type": content_type, "number": number}, content)
    return answer[1] or None if answer else None
