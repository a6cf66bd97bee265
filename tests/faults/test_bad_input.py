"""What people send by mistake: one sentence says what is wrong and what to do, in her language, and the rest stays."""

import socket
from contextlib import ExitStack

import httpx
import pytest

from city.documents.tests import make

from .errand import STEPS, Errand, Office, Upload
from .page import Page
from .person import Person, page_of
from .town import Town, in_city

pytestmark = pytest.mark.slow

EMPTY = {
    "id": "Berkas ini kosong (0 byte). Buka dulu di ponsel Anda untuk memastikan isinya ada, lalu pilih lagi.",
    "en": "This file is empty (0 bytes). Open it on your phone to see that it holds something, then choose it again.",
}
LARGE = {
    "id": "Berkas terlalu besar: 40 MB, batasnya 10 MB. Foto ulang di sini, atau kecilkan berkasnya lalu pilih lagi.",
    "en": "The file is too large: 40 MB, the limit is 10 MB. Take the photo again here, or make the file smaller and"
    " choose it again.",
}
WRONG_TYPE = {
    "id": "Berkas ini berjenis GIF, yang tidak bisa kami terima. Kirim PDF, JPG, atau PNG.",
    "en": "This file is of the type GIF, which we cannot take. Send PDF, JPG, or PNG.",
}
LOCKED = {
    "id": "PDF ini dikunci dengan kata sandi, sehingga petugas tidak bisa membacanya. Simpan salinan tanpa kata sandi",
    "en": "This PDF is locked with a password, so the officers cannot read it. Save a copy without a password",
}
SHORT_NIK = {"id": "NIK harus 16 angka. Anda mengetik 15.", "en": "A NIK has 16 digits. You typed 15."}
LETTERS_IN_NIK = {
    "id": "NIK hanya angka. Periksa huruf O dan angka 0.",
    "en": "A NIK has digits only. Check the letter O and the digit 0.",
}
SIGNS_IN_NAME = {
    "id": "Nama hanya huruf, titik, koma, petik dan tanda hubung, seperti di KTP.",
    "en": "A name has letters, dots, commas, apostrophes and hyphens only, as on the KTP.",
}
LANGUAGES = ("id", "en")
both = pytest.mark.parametrize(("language", "number"), [("id", 10), ("en", 11)])


@pytest.fixture(scope="module")
def office(town: Town) -> Office:
    return Office(town)


def a_filled_form(town: Town, office: Office, number: int, language: str) -> Errand:
    """Every question answered and one document in its place."""
    doctor = Person(town.url, f"dokter{number}@warga.example", language=language)
    errand = Errand(town, doctor, office).until("fill")
    errand.hand_in("str")
    return errand


def the_rest_is_kept(errand: Errand) -> None:
    page = errand.doctor.get(f"{errand.own}/form/review")
    for answers in STEPS.values():
        assert answers.get("facility_name", "") in page.words
        assert answers.get("home_address", "") in page.words
    assert "str.pdf" in page.words
    assert errand.state() == "draft"


def title_of(answer: httpx.Response) -> str:
    """A refusal's sentence in one line of single spaces."""
    return " ".join(str(answer.json()["title"]).split())


def without_script(errand: Errand, document: str, name: str, content: bytes) -> Page:
    """The file sent by the page's plain form; the page it comes back to."""
    action, ticket = errand.slot(document, f"{errand.own}/form/documents")
    answer = httpx.post(action, data={"ticket": ticket}, files={"file": (name, content)}, timeout=120)
    assert answer.status_code == 303, answer.text
    back = errand.doctor.insist(lambda: errand.doctor.line.get(answer.headers["location"], follow_redirects=True))
    return Page(back.text)


@both
def test_an_empty_file(town: Town, office: Office, language: str, number: int) -> None:
    errand = a_filled_form(town, office, number, language)
    answer = errand.upload("ktp", "ktp.jpg", b"").announce()
    assert (answer.status_code, title_of(answer)) == (422, EMPTY[language])
    assert EMPTY[language] in without_script(errand, "ktp", "ktp.jpg", b"").words
    the_rest_is_kept(errand)


@both
def test_a_photo_of_40_megabytes(town: Town, office: Office, language: str, number: int) -> None:
    """The page says the limit before anything is chosen; without the page's script the city says it before it reads."""
    errand = a_filled_form(town, office, number, language)
    page = errand.doctor.get(f"{errand.own}/form/documents").words
    assert "10 MB" in page
    sent = "SELECT count(*) FROM documents_storedfile WHERE purpose = %s"
    answer = errand.upload("ktp", "IMG_0001.jpg", b"").announce(40_000_000)
    assert (answer.status_code, title_of(answer)) == (413, LARGE[language])
    assert town.count(sent, f"case:{errand.case_id}:ktp") == 0
    photo = make.a_large_photo(40_000_000)
    said = without_script(errand, "ktp", "IMG_0001.jpg", photo).words
    assert LARGE[language] in said
    more_than_announced(errand, photo)
    the_rest_is_kept(errand)


def more_than_announced(errand: Errand, photo: bytes) -> None:
    """A sender who announces little and sends much is stopped, and nothing of it is kept."""
    upload = errand.upload("ktp", "IMG_0002.jpg", photo[:1000])
    assert upload.announce().status_code == 201
    upload.content = photo
    named = {"Upload_Offset": "0", "Content_Type": "application/offset+octet-stream"}
    assert upload.ask("PATCH", upload.location, photo, **named).status_code == 413
    assert upload.offset() == 0
    unsized = (photo[start : start + 65_536] for start in range(0, len(photo), 65_536))
    assert upload.ask("PATCH", upload.location, unsized, **named).status_code == 413
    assert upload.ask("HEAD", upload.location).status_code == 413, "the place is closed for good"


@both
def test_a_picture_that_is_called_pdf(town: Town, office: Office, language: str, number: int) -> None:
    """A PNG is taken for what it is and named so; what we do not take is said, whatever it is called."""
    errand = a_filled_form(town, office, number, language)
    page = without_script(errand, "ktp", "ktp.pdf", make.a_png())
    assert "ktp.png" in page.words
    gif = b"GIF89a" + bytes(4000)
    assert WRONG_TYPE[language] in without_script(errand, "skp", "skp.pdf", gif).words
    upload = errand.upload("skp", "skp.pdf", gif)
    assert upload.announce().status_code == 201
    answer = upload.piece(0)
    assert (answer.status_code, title_of(answer)) == (415, WRONG_TYPE[language])
    the_rest_is_kept(errand)


@both
def test_a_pdf_with_a_password(town: Town, office: Office, language: str, number: int) -> None:
    """It arrives, is looked into, and its row says why it cannot be used; sending says it too."""
    errand = a_filled_form(town, office, number, language)
    without_script(errand, "skp", "skp.pdf", make.an_encrypted_pdf())
    town.quiet()
    assert LOCKED[language] in errand.doctor.get(f"{errand.own}/form/documents").words
    review = errand.doctor.get(f"{errand.own}/form/review")
    told = errand.doctor.press(review.form("/submission"))
    assert told.status_code == 422
    assert LOCKED[language] in Page(told.text).words
    the_rest_is_kept(errand)
    errand.hand_in("skp")
    town.quiet()
    assert LOCKED[language] not in errand.doctor.get(f"{errand.own}/form/documents").words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_nik_and_a_wrong_name(town: Town, language: str) -> None:
    visitor = Person(town.url, language=language)
    form = visitor.get("/masuk/daftar").form("/masuk/daftar")
    told = {"name": "Sukarno", "nik": "367299010190100", "address": "sukarno@warga.example"}
    short = visitor.press(form, **told)
    assert short.status_code == 422
    page = page_of(short)
    assert SHORT_NIK[language] in page.words
    assert {"Sukarno", "sukarno@warga.example"} <= set(page.form("/masuk/daftar").values.values())
    letters = Page(visitor.press(form, **{**told, "nik": "36729901O1901999"}).text)
    assert LETTERS_IN_NIK[language] in letters.words
    digits = Page(visitor.press(form, **{**told, "name": "Sukarno 2", "nik": "3672990101901999"}).text)
    assert SIGNS_IN_NAME[language] in digits.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_nik_at_the_counter(town: Town, language: str) -> None:
    officer = Person(town.url, "dewi@dpmptsp.example", language=language)
    form = officer.get("/sipeci/counter").form("/sipeci/counter")
    told = officer.press(form, nik="367299010190100")
    assert told.status_code == 422
    assert SHORT_NIK[language] in Page(told.text).words


@both
def test_a_wrong_nik_in_the_form(town: Town, office: Office, language: str, number: int) -> None:
    """Somebody whose NIK the city does not know yet is asked in the form; a wrong one loses no other answer."""
    in_city(
        town.path,
        "from city.people.models import Account\n"
        f"person = Account.objects.get(email='dokter{number}@warga.example').person\n"
        "person.nik_index = person.nik_sealed = None\n"
        "person.save()",
    )
    doctor = Person(town.url, f"dokter{number}@warga.example", language=language)
    errand = Errand(town, doctor, office)
    errand.begin()
    form = doctor.get(f"{errand.own}/form/applicant").form("/form/applicant")
    told = doctor.press(form, **STEPS["applicant"], nik="367299010190100")
    assert told.status_code == 422
    page = Page(told.text)
    assert SHORT_NIK[language] in page.words
    assert STEPS["applicant"]["home_address"] in page.everything
    assert doctor.press(form, **STEPS["applicant"], nik=f"36729901019{number + 5000:05d}").status_code == 303


@pytest.mark.parametrize(("number", "name"), [(1, "dr. O'Brien D'Ambrosio"), (2, "Sukarno"), (3, "dr. Ya'qub Ma'ruf")])
def test_names_as_people_bear_them(town: Town, office: Office, number: int, name: str) -> None:
    """Apostrophes of either kind and a single word, from the account through the form to the officer's desk."""
    errand = Errand(town, Person(town.url, f"dokter{number}@warga.example"), office).until("fill")
    form = errand.doctor.get(f"{errand.own}/form/applicant").form("/form/applicant")
    assert name in errand.doctor.get(f"{errand.own}/form/applicant").words
    assert errand.doctor.press(form, holder_name=name).status_code == 303
    errand.hand_in_all()
    errand.submit()
    assert name in errand.desk("front", "answers").words


def test_a_line_that_is_lost_and_found(town: Town, office: Office) -> None:
    """What arrived before the line broke is not sent again, and the file is whole."""
    errand = a_filled_form(town, office, 12, "id")
    content = make.a_pdf(2) + b"\n% " + b"isi " * 60_000
    upload = errand.upload("skp", "skp.pdf", content)
    assert upload.announce().status_code == 201
    with a_line(town) as line:
        line.sendall(head_of_patch(upload, len(content)) + content[:100_000])
    stands = upload.offset()
    assert 0 <= stands <= 100_000
    while stands < len(content):
        assert upload.piece(stands).status_code in (204, 409), "409: the lost line's last bytes came in between"
        stands = upload.offset()
    values = errand.doctor.get(f"{errand.own}/form/documents").forms[0].values
    told = {"csrfmiddlewaretoken": values["csrfmiddlewaretoken"], "file": upload.location.rpartition("/")[2]}
    errand.agreed(errand.doctor.send(f"{errand.own}/documents/skp/attachment", told), "#d-skp")
    town.quiet()
    assert errand.doctor.bytes_of(f"{errand.own}/documents/skp") == content
    the_rest_is_kept(errand)


def a_line(town: Town) -> socket.socket:
    return socket.create_connection(("127.0.0.1", town.port + 1), timeout=60)


def head_of_patch(upload: Upload, length: int, offset: int = 0) -> bytes:
    """Only the head: the body comes as the test likes."""
    named = {
        "Host": "uploads",
        "Authorization": f"Ticket {upload.ticket}",
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(length),
    }
    path = upload.location.partition(":")[2].partition("/files/")[2]
    lines = [f"PATCH /files/{path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def test_sixty_four_trickling_phones(town: Town, office: Office) -> None:
    """While 64 phones send a byte now and then, another citizen reads her pages and hands in a document."""
    slow, quick = a_filled_form(town, office, 13, "id"), a_filled_form(town, office, 14, "id")
    whole = make.a_phone_photo(400, 300)
    action, ticket = slow.slot("ktp", f"{slow.own}/form/documents")
    phones = [Upload(slow.doctor, action, ticket, "ktp.jpg", whole + bytes(n)) for n in range(64)]
    received = "SELECT count(*) FROM documents_storedfile WHERE id = ANY(%s::uuid[]) AND state <> 'receiving'"
    with ExitStack() as lines:
        held = []
        for phone in phones:
            assert phone.announce().status_code == 201
            held.append(lines.enter_context(a_line(town)))
            held[-1].sendall(head_of_patch(phone, len(phone.content)) + whole[:10])
        ids = [phone.location.rpartition("/")[2] for phone in phones]
        assert len(set(ids)) == 64
        for at in range(10, 15):
            for line in held:
                line.sendall(whole[at : at + 1])
        quick.hand_in("skp")
        assert "skp.pdf" in quick.doctor.get(f"{quick.own}/form/documents").words
        assert Person(town.url).get("/sipeci/").words
        assert town.count(received, ids) == 0, "a phone that still sends was taken for done"
        for phone, line in zip(phones, held, strict=True):
            line.sendall(phone.content[15:])
        for line in held:
            assert line.recv(4096).startswith(b"HTTP/1.1 204")
    assert town.count(received, ids) == 64
    town.quiet()
    assert "skp.pdf" in quick.doctor.get(f"{quick.own}/form/documents").words
