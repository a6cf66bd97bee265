"""Photos of papers as phones take them: large, turned, somewhere in Cilegon, now and then too dark or shaken.

`python -m city.operate.demo.photos DIR` writes one of each, for trying uploads by hand.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import ExifTags, Image, ImageDraw, ImageEnhance, ImageFilter

from city.operate.demo.papers import Sheet, identity_card, pdf_of

TABLE = (118, 94, 72)
PLACE = (("S", (6.0, 0.0, 47.52)), ("E", (106.0, 3.0, 18.36)))  # the square in front of Cilegon's town hall
SIDEWAYS = 6  # EXIF: the phone was held upright, its sensor was not


@dataclass(frozen=True)
class Shot:
    """How it came out. `long_side` in pixels; `grain` makes the file as heavy as a phone does; `quality` 1 to 95."""

    long_side: int = 2400
    sideways: bool = True
    shaken: bool = False
    dark: bool = False
    located: bool = True
    grain: bool = False
    quality: int = 82


def photo_of(sheet: Sheet, shot: Shot = Shot()) -> bytes:
    """A JPEG of the paper on a wooden table, with the EXIF block a phone would write."""
    picture = _on_table(_page_of(sheet), shot.long_side)
    if shot.shaken:
        picture = picture.filter(ImageFilter.GaussianBlur(shot.long_side / 180))
    if shot.grain:
        noise = Image.effect_noise(picture.size, 46).convert("RGB")
        picture = Image.blend(picture, noise, 0.14)
    if shot.dark:
        picture = ImageEnhance.Brightness(picture).enhance(0.22)
    if shot.sideways:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=shot.quality, exif=_exif(shot))
    return out.getvalue()


def _page_of(sheet: Sheet) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf_of(sheet))  # type: ignore[no-untyped-call]
    try:
        drawn: Image.Image = document[0].render(scale=2.6).to_pil()
        return drawn.convert("RGB")
    finally:
        document.close()  # type: ignore[no-untyped-call]


def _on_table(page: Image.Image, long_side: int) -> Image.Image:
    """The page a little askew on a table, upright as the person saw it, in a phone's three by four."""
    table = Image.new("RGB", (long_side * 3 // 4, long_side), TABLE)
    room = (int(table.width * 0.88), int(table.height * 0.88))
    page.thumbnail(room)
    scale = min(room[0] / page.width, room[1] / page.height)
    page = page.resize((int(page.width * scale), int(page.height * scale)))
    mask = Image.new("L", page.size, 255)
    askew, mask = page.rotate(2.2, expand=True), mask.rotate(2.2, expand=True)
    table.paste(askew, ((table.width - askew.width) // 2, (table.height - askew.height) // 2), mask)
    return table


def portrait(key: str) -> bytes:
    """A portrait of nobody, four by six on a red ground; another key gives another shirt."""
    picture = Image.new("RGB", (800, 1200), (176, 58, 54))
    pen = ImageDraw.Draw(picture)
    shade = sum(key.encode()) % 70
    pen.ellipse((90, 820, 710, 1700), fill=(40 + shade, 60 + shade // 2, 110 + shade))
    pen.rectangle((345, 700, 455, 900), fill=(188, 140, 108))
    pen.ellipse((240, 300, 560, 780), fill=(204, 156, 122))
    pen.pieslice((225, 255, 575, 700), 180, 360, fill=(38, 30, 28))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def scene(key: str) -> bytes:
    """A place where a stall is to stand: road, pavement, the ground marked with chalk; another key, another light."""
    picture = Image.new("RGB", (1600, 1200), (168, 196, 214))
    pen = ImageDraw.Draw(picture)
    shade = sum(key.encode()) % 50
    pen.rectangle((0, 520, 1600, 760), fill=(120 + shade, 150, 96))
    pen.rectangle((0, 760, 1600, 900), fill=(176, 172, 164))
    pen.rectangle((0, 900, 1600, 1200), fill=(84, 86, 90))
    pen.polygon(((460, 560), (1080, 560), (1200, 740), (380, 740)), outline=(246, 246, 240), width=12)
    pen.rectangle((1380, 300, 1410, 760), fill=(104, 84, 66))
    pen.ellipse((1240, 120, 1550, 420), fill=(58, 104 + shade, 62))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, exif=_exif(Shot(sideways=False)))
    return out.getvalue()


def _exif(shot: Shot) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Contoh"
    exif[ExifTags.Base.Model] = "Ponsel Contoh 2"
    exif[ExifTags.Base.DateTime] = "2026:11:23 19:42:10"
    if shot.sideways:
        exif[ExifTags.Base.Orientation] = SIDEWAYS
    if shot.located:
        (south, lat), (east, long) = PLACE
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = south, lat
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = east, long
    return exif


def main(folder: Path) -> None:
    """Write a photo of each kind, and the PDF it is of."""
    card = identity_card("Contoh Warga", "3672990101900001", born="Cilegon, 1 Januari 1990", address="Jalan Contoh 1")
    folder.mkdir(parents=True, exist_ok=True)
    shots = {
        "baik": Shot(),
        "goyang": Shot(shaken=True),
        "gelap": Shot(dark=True),
        "besar": Shot(6000, grain=True, quality=95),
    }
    for name, shot in shots.items():
        (folder / f"ktp-{name}.jpg").write_bytes(photo_of(card, shot))
    (folder / "pasfoto.jpg").write_bytes(portrait("contoh"))
    (folder / "ktp.pdf").write_bytes(pdf_of(card))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
