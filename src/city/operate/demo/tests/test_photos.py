"""Photos come as phones write them: turned by EXIF, placed by GPS, and recognisably bad when they are meant to be."""

import io

from PIL import ExifTags, Image, ImageOps, ImageStat
from pypdfium2 import PdfDocument

from city.operate.demo.papers import identity_card, letter, pdf_of
from city.operate.demo.photos import Shot, photo_of, portrait

CARD = identity_card("dr. Ni Luh Ayu D'Souza", "3672994210880002", born="Denpasar, 2 Oktober 1988", address="Jalan 21")


def opened(photo: bytes) -> Image.Image:
    return Image.open(io.BytesIO(photo))


def sharpness(photo: bytes) -> float:
    grey = ImageOps.exif_transpose(opened(photo)).convert("L").resize((600, 800))
    moved = Image.new("L", grey.size)
    moved.paste(grey, (1, 0))
    return float(ImageStat.Stat(Image.blend(grey, ImageOps.invert(moved), 0.5)).stddev[0])


def test_the_phone_turned_it_and_says_where_it_stood() -> None:
    photo = opened(photo_of(CARD, Shot(long_side=800)))
    assert photo.size == (800, 600)
    assert photo.getexif()[ExifTags.Base.Orientation] == 6
    assert photo.getexif().get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "S"
    assert ImageOps.exif_transpose(photo).size == (600, 800)


def test_a_photo_without_location_has_none() -> None:
    assert not opened(photo_of(CARD, Shot(long_side=400, located=False))).getexif().get_ifd(ExifTags.IFD.GPSInfo)


def test_dark_is_dark_and_shaken_is_blurred() -> None:
    good, dark, shaken = (photo_of(CARD, shot) for shot in (Shot(800), Shot(800, dark=True), Shot(800, shaken=True)))
    mean = [ImageStat.Stat(opened(one).convert("L")).mean[0] for one in (good, dark)]
    assert mean[1] < mean[0] / 3
    assert sharpness(shaken) < sharpness(good) / 1.5


def test_grain_makes_a_file_as_heavy_as_a_phones() -> None:
    assert len(photo_of(CARD, Shot(4000, grain=True, quality=92))) > 3_000_000


def test_a_letter_is_one_page_of_text_marked_as_an_example() -> None:
    document = PdfDocument(pdf_of(letter("KLINIK CONTOH", "SURAT KETERANGAN", "dr. Raka Pratama", text=["Isi."])))  # type: ignore[no-untyped-call]
    words = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert "DATA CONTOH" in words
    assert "dr. Raka Pratama" in words


def test_a_portrait_is_upright_and_large_enough_for_four_by_six() -> None:
    picture = opened(portrait("raka"))
    assert picture.size == (800, 1200)
    assert portrait("raka") != portrait("ayu")
