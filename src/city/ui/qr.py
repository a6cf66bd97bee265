"""A QR code as a picture in a page: as wide as its place, whatever it holds, with the rim that scanners want."""

from io import BytesIO

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """An SVG without a size of its own: one that had it was cut off where its place was smaller."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True)
    return Markup(out.getvalue().decode())  # noqa: S704 (segno's own drawing; the text is in its modules, not its markup)
