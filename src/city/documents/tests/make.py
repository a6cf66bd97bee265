"""Files as people send them: phone photos with location and rotation, scans, and the ones that cause trouble."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

from city.documents.actions import FileOffer, PaperDraft, ensure_demo_signer, issue_paper, prepare_paper, sign_paper
from city.documents.declare import UploadRule
from city.documents.models import Paper
from city.kernel.actor import Actor
from city.kernel.ids import new_code, new_id

CILEGON = ((6, 0, 57), (106, 2, 24))  # where the phone says it was: 6°00'57" S, 106°02'24" E
PASSPHRASE = "tanda-tangan-demo"
LETTER = Path(__file__).with_name("letter.typ")
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def an_offer(**changes: Any) -> FileOffer:
    """A file as its sender announces it: an identity card of 1,000 bytes, unless told otherwise."""
    usual = {
        "file_id": new_id(),
        "subject_id": new_id(),
        "purpose": "case:ktp",
        "rule": UploadRule(),
        "name": "ktp.jpg",
        "size": 1000,
        "declared_type": "image/jpeg",
    }
    return FileOffer(**{**usual, **changes})


def a_picture(width: int = 800, height: int = 600, *, blur: float = 0, light: float = 1.0) -> Image.Image:
    """A scene with edges, noise and a white card in its upper left quarter, so that rotation and blur can be seen."""
    noise = Image.effect_noise((width, height), 48)
    scene = Image.merge("RGB", (noise, noise.rotate(90, expand=False), noise.rotate(180)))
    draw = ImageDraw.Draw(scene)
    draw.rectangle((0, 0, width // 2, height // 2), fill="white")
    draw.text((width // 16, height // 16), "PROVINSI BANTEN\nKOTA CILEGON\nNIK 3672990101900001 (CONTOH)", fill="black")
    if blur:
        scene = scene.filter(ImageFilter.GaussianBlur(blur))
    return scene.point(lambda value: int(value * light)) if light != 1.0 else scene


def _phone_facts(rotated: bool, located: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "Telepon Contoh"
    if rotated:
        exif[ORIENTATION] = 6  # held upright: the sensor's rows run down the picture
    if located:
        degrees = [tuple(IFDRational(part) for part in parts) for parts in CILEGON]
        exif.get_ifd(GPS).update({1: "S", 2: degrees[0], 3: "E", 4: degrees[1]})
    return exif


def a_phone_photo(width: int = 800, height: int = 600, *, rotated: bool = True, located: bool = True) -> bytes:
    """A JPEG from a phone camera: EXIF with maker, location in Cilegon and rotation."""
    out = BytesIO()
    facts = _phone_facts(rotated, located)
    a_picture(width, height).save(out, "JPEG", quality=90, exif=facts)
    return out.getvalue()


def a_large_photo(size: int = 3_000_000) -> bytes:
    """A photo of 12 megapixels and exactly `size` bytes (bytes after a JPEG's end are allowed)."""
    photo = a_phone_photo(4000, 3000) if size > 5_000_000 else a_phone_photo(1600, 1200)
    return photo + bytes(max(0, size - len(photo)))


def a_png(width: int = 800, height: int = 600) -> bytes:
    out = BytesIO()
    a_picture(width, height).save(out, "PNG")
    return out.getvalue()


def _saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def _pages(count: int) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for number in range(count):
        page = pdf.add_blank_page(page_size=(595, 842))
        text = f"BT /F1 24 Tf 72 700 Td (SURAT PERNYATAAN CONTOH {number + 1}) Tj ET"
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(text.encode())
    return pdf


def a_pdf(pages: int = 2) -> bytes:
    return _saved(_pages(pages))


def an_encrypted_pdf() -> bytes:
    """Asks for a password as soon as it is opened."""
    return _saved(_pages(1), encryption=pikepdf.Encryption(owner="rahasia", user="rahasia", R=6))


def a_print_protected_pdf() -> bytes:
    """Opens without a password, but asks readers not to print: often so with official letters. We take it."""
    return _saved(_pages(1), encryption=pikepdf.Encryption(owner="pemilik", user="", R=6))


def a_broken_pdf() -> bytes:
    whole = a_pdf(3)
    return b"%PDF-1.7\n" + whole[200:400]


def a_pdf_with_script() -> bytes:
    pdf = _pages(1)
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return _saved(pdf)


def a_pdf_with_attachment() -> bytes:
    pdf = _pages(1)
    pdf.attachments["isi.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ contoh", filename="isi.exe")
    return _saved(pdf)


def a_heic_photo() -> bytes:
    """Only the beginning of one: enough to be known by."""
    return b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(2000)


def a_signer(name: str = "Hj. Nurlaela", *, at: datetime) -> Actor:
    """A person whom the demo authority has given a certificate, under PASSPHRASE."""
    person_id = new_id()
    ensure_demo_signer(person_id, name, PASSPHRASE, at=at)
    return Actor(ref=f"person:{person_id}", person_id=person_id)


def a_draft(**changes: Any) -> PaperDraft:
    """A letter of the city that has a number and waits to be printed."""
    code = new_code()
    usual = {
        "paper_id": new_id(),
        "template": "contoh",
        "data": {"name": "dr. Ni Luh Ayu D'Souza", "work": "Dokter", "until": "2031", "day": "24 November 2026"},
        "number": "503/000001/SIPD/DPMPTSP/2026",
        "code": code,
        "verify_url": f"http://127.0.0.1:8000/sipeci/verify/{code}",
        "purpose": "case:letter",
        "source": LETTER.read_text(),
    }
    return PaperDraft(**{**usual, **changes})


def a_prepared_paper(*, at: datetime, **changes: Any) -> Paper:
    return prepare_paper(a_draft(**changes), at=at)


def an_issued_paper(*, at: datetime, **changes: Any) -> Paper:
    """A paper signed by somebody and complete: what a citizen downloads."""
    paper, signer = a_prepared_paper(at=at, **changes), a_signer(at=at)
    assert signer.person_id
    sign_paper(
        paper_id=paper.pk,
        signer_person_id=signer.person_id,
        passphrase=PASSPHRASE,
        reason="Penerbitan izin",
        by=signer,
        at=at,
    )
    return issue_paper(paper_id=paper.pk, at=at)
