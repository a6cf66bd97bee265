"""Starts the child, hands it the bytes, reads its answer. Whatever goes wrong with it is the file's fault."""

import json
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from city.documents.rules import Limits, Reason

PATIENCE = 60  # seconds; the child's own CPU limit strikes first
_SOURCES = str(Path(__file__).resolve().parents[3])
_UNREADABLE = Reason("file.unreadable")


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
    answer = _ask({"ask": "examine", "content_type": content_type, **limits.as_json()}, content)
    if answer is None:
        return _UNREADABLE
    said, kept, thumbnail = answer
    if "code" in said:
        return Reason(said["code"], said["facts"])
    return Examined(kept or content, thumbnail, said.get("pages"), said.get("width"), said.get("height"))


def page_picture(content: bytes, content_type: str, number: int) -> bytes | None:
    """A JPEG of one page (from 1), 1,400 pixels wide, for a page that may not show PDFs; None when there is none."""
    answer = _ask({"ask": "page", "content_type": content_type, "number": number}, content)
    return answer[1] or None if answer else None


def _ask(question: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes, bytes] | None:
    command = [sys.executable, "-P", "-m", "city.documents.inspection", json.dumps(question)]
    environment = {"PYTHONPATH": _SOURCES, "LC_ALL": "C.UTF-8"}  # no address, no password, no key
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, env=environment, timeout=PATIENCE, check=True
        )
        head, first = struct.unpack_from(">II", done.stdout)
        body = done.stdout[8:]
        return json.loads(body[:head]), body[head : head + first], body[head + first :]
    except (subprocess.SubprocessError, struct.error, ValueError):
        return None
