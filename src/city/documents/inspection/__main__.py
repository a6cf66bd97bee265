"""The child: a question as JSON in its argument, the file on its input, the answer on its output."""

import json
import resource
import struct
import sys
from typing import Any

from city.documents.inspection import pdfs, pictures
from city.documents.inspection.verdict import Unusable

MEMORY, SECONDS = 1_500_000_000, 30
Answer = tuple[dict[str, Any], bytes, bytes]


def stay_within_bounds() -> None:
    """A picture that unfolds to gigabytes, or a PDF that never ends, ends this process and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(question: dict[str, Any], content: bytes) -> Answer:
    of = pdfs if question["content_type"] == "application/pdf" else pictures
    if question["ask"] == "page":
        return {}, of.page(content, question["number"]), b""
    try:
        return of.examine(content, question)
    except Unusable as no:
        return {"code": no.code, "facts": no.facts}, b"", b""


def main() -> None:
    stay_within_bounds()
    said, first, second = answer(json.loads(sys.argv[1]), sys.stdin.buffer.read())
    head = json.dumps(said).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), len(first)) + head + first + second)


main()
