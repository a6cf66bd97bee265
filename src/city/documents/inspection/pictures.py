"""Pictures are drawn anew: upright, without what the phone wrote about place, owner and machine."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from city.documents.inspection.verdict import Unusable

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_PIXELS = 64_000_000  # phones take up to 50 megapixels without being asked
LONGEST = 4096  # enough to read an A4 sheet at 350 dots an inch
THUMBNAIL, PAGE_WIDTH = 480, 1400
_GPS, _PROFILE_BYTES = 0x8825, 100_000
Image.MAX_IMAGE_PIXELS = None  # our own bound is checked before a pixel is unfolded


def examine(content: bytes, question: dict[str, Any]) -> tuple[dict[str, Any], bytes, bytes]:
    picture = _opened(content, FORMATS[question["content_type"]])
    location = picture.getexif().get_ifd(_GPS) if question["keep_location"] else {}
    upright = _upright(picture)
    _check_size(upright, question)
    upright.thumbnail((LONGEST, LONGEST))
    kept = _drawn(upright, question["content_type"], location)
    width, height = upright.size
    return {"width": width, "height": height}, kept, as_thumbnail(upright)


def page(content: bytes, number: int) -> bytes:
    """A picture has one page: itself, no wider than PAGE_WIDTH."""
    if number != 1:
        return b""
    picture = _on_white(Image.open(BytesIO(content)))
    picture.thumbnail((PAGE_WIDTH, PAGE_WIDTH * 4))
    return as_jpeg(picture, 85)


def _opened(content: bytes, kind: str) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=[kind])
    except Exception as error:
        raise Unusable("image.broken") from error
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS:
        megapixels = -(-pixels // 1_000_000)
        raise Unusable("image.too_many_pixels", pixels=megapixels, limit_pixels=MOST_PIXELS // 1_000_000)
    picture.draft(None, (LONGEST, LONGEST))  # a JPEG is unfolded at a half or a quarter where that is enough
    try:
        picture.load()
    except Exception as error:
        raise Unusable("image.broken") from error
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as it was held. A nonsense turn in the phone's notes is no reason to lose the photo."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture


def _check_size(picture: Image.Image, question: dict[str, Any]) -> None:
    least = question["min_width"], question["min_height"]
    if picture.width < least[0] or picture.height < least[1]:
        raise Unusable(
            "image.too_small", width=picture.width, height=picture.height, min_width=least[0], min_height=least[1]
        )


def _drawn(picture: Image.Image, content_type: str, location: dict[int, Any]) -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    if location:
        exif.get_ifd(_GPS).update(location)
    keep = {"icc_profile": _profile_of(picture), **({"exif": exif} if location else {})}
    if content_type == "image/png":
        plain = picture if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else picture.convert("RGB")
        _without_notes(plain).save(out, "PNG", **keep)
    elif content_type == "image/webp":
        picture.convert("RGBA" if "A" in picture.mode else "RGB").save(out, "WEBP", quality=88, **keep)
    else:
        grey = picture.mode in ("1", "L")
        picture.convert("L" if grey else "RGB").save(out, "JPEG", quality=88, **keep)
    return out.getvalue()


def _without_notes(picture: Image.Image) -> Image.Image:
    """PNG text chunks are written back unless they are forgotten; only transparency is part of the picture."""
    picture = picture.copy()
    picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    return picture


def _profile_of(picture: Image.Image) -> bytes | None:
    """The colours' meaning; a profile of another kind of ink, or a suspiciously large one, is left out."""
    profile = picture.info.get("icc_profile")
    return profile if profile and len(profile) < _PROFILE_BYTES and picture.mode in ("RGB", "RGBA", "L") else None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        layer = picture.convert("RGBA")
        sheet = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(sheet, layer).convert("RGB")
    return picture.convert("RGB")


def as_thumbnail(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return as_jpeg(_on_white(small), 78)


def as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()
