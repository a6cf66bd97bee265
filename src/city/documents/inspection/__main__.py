"""The child that looks into pictures and PDFs."""

from typing import Any

from city.documents.inspection import pdfs, pictures
from city.documents.inspection.child import Answer, asked, say, stay_within_bounds
from city.documents.inspection.verdict import Unusable


def answer(question: dict[str, Any], content: bytes) -> Answer:
    is_pdf = question["content_type"] == "application/pdf"
    if question["ask"] == "page":
        number = question["number"]
        return {}, pdfs.page(content, number) if is_pdf else pictures.page(content, number), b""
    try:
        return pdfs.examine(content, question) if is_pdf else pictures.examine(content, question)
    except Unusable as no:
        return {"code": no.code, "facts": no.facts}, b"", b""


stay_within_bounds()
say(answer(*asked()))
