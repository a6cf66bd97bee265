"""multipart/form-data (RFC 7578) as it comes, so that a file of any size passes through without being held.

Text fields must stand before the file; the parts after the first file are ignored.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

_HEADER_BYTES, _FIELD_BYTES = 8_192, 65_536
_PARAMETER = re.compile(r';\s*(\w+)="((?:[^"\\]|\\.)*)"')


class BadForm(Exception):
    """Not a form as browsers send it."""


@dataclass(frozen=True)
class FilePart:
    """The file's own words about itself: hints only."""

    name: str
    declared_type: str


class Form:
    """Reads a body once: first `fields()`, then the bytes of the file with `content()`."""

    def __init__(self, content_type: str, chunks: AsyncIterator[bytes]) -> None:
        found = re.search(r'boundary="?([^";,]+)"?', content_type)
        if not content_type.startswith("multipart/form-data") or found is None:
            raise BadForm
        self._mark = b"\r\n--" + found.group(1).encode("latin-1")
        self._chunks = chunks
        self._buffer = bytearray(b"\r\n")  # the first boundary stands at the beginning, without its line end
        self.file: FilePart | None = None

    async def fields(self) -> dict[str, str]:
        """The text fields up to the file; `file` is set when one follows."""
        found: dict[str, str] = {}
        await self._until(self._mark, _HEADER_BYTES)
        while (headers := await self._part_headers()) is not None:
            name, filename, declared = _described(headers)
            if filename is not None:
                self.file = FilePart(filename, declared)
                break
            found[name] = (await self._until(self._mark, _FIELD_BYTES)).decode("utf-8", "replace")
        return found

    async def content(self) -> AsyncIterator[bytes]:
        """The file's bytes up to the next boundary."""
        keep = len(self._mark) - 1  # what could be the beginning of a boundary waits for more
        while (end := self._buffer.find(self._mark)) < 0:
            if len(self._buffer) > keep:
                yield bytes(self._buffer[: len(self._buffer) - keep])
                del self._buffer[: len(self._buffer) - keep]
            await self._more()
        if end:
            yield bytes(self._buffer[:end])
        del self._buffer[: end + len(self._mark)]

    async def _part_headers(self) -> str | None:
        while len(self._buffer) < 2:
            await self._more()
        if self._buffer.startswith(b"--"):
            return None
        return (await self._until(b"\r\n\r\n", _HEADER_BYTES)).decode("utf-8", "replace")

    async def _until(self, mark: bytes, most: int) -> bytes:
        while (end := self._buffer.find(mark)) < 0:
            if len(self._buffer) > most:
                raise BadForm
            await self._more()
        found = bytes(self._buffer[:end])
        del self._buffer[: end + len(mark)]
        return found

    async def _more(self) -> None:
        try:
            self._buffer += await anext(self._chunks)
        except StopAsyncIteration as error:
            raise BadForm from error


def _described(headers: str) -> tuple[str, str | None, str]:
    """Name, file name (None: a text field) and declared type of a part."""
    said = dict(line.partition(":")[::2] for line in headers.split("\r\n") if ":" in line)
    lower = {name.strip().lower(): value.strip() for name, value in said.items()}
    parameters = dict(_PARAMETER.findall(lower.get("content-disposition", "")))
    filename = parameters.get("filename")
    if filename is not None:
        filename = re.sub("%(22|0D|0A)", "_", filename).replace('\\"', '"')
    return parameters.get("name", ""), filename, lower.get("content-type", "")
