"""A doctor's application from the first page to the permit, pressed step by step by everybody whose turn it is."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field

import httpx

from city.documents.tests import make
from city.operate.demo.cast import PASSPHRASE
from city.operate.tests.test_children import until

from .page import Form, Page
from .person import Acknowledged, Danger, Person
from .town import Town

STEPS = {
    "practice": {
        "profession": "general",
        "str_number": "33.1.1.100.3.26.990001",
        "str_kind": "lifelong",
        "skp_number": "SKP-RAHASIA-77123",
        "place_order": "1",
    },
    "place": {
        "facility_type": "clinic",
        "facility_name": "Klinik D'Contoh Ombak",
        "facility_address": "Jalan Contoh Cerucuk 12, RT 01 RW 02",
        "kelurahan": "Jombang/Jombang Wetan",
        "facility_permit": "NIB 9120008812345",
        "schedule": "Senin dan Rabu, 16.00–20.00",
    },
    "applicant": {
        "holder_name": "dr. O'Brien D'Ambrosio",
        "birth_place": "Tanjung Pandan",
        "birth_date": "1990-01-01",
        "home_address": "Jalan Contoh Gurita 99, Kotasari",
    },
}
PIECE = 64 * 1024
OFFICERS = {
    "front": "dewi@dpmptsp.example",
    "back": "bayu@dpmptsp.example",
    "reviewer": "hendra@dinkes.example",
    "officer": "ratna@dpmptsp.example",
    "division": "yusuf@dpmptsp.example",
    "head": "nurlaela@dpmptsp.example",
}


def a_paper(document: str, marked: str = "") -> tuple[str, bytes]:
    """Name and content of what a document asks for; each one is different bytes."""
    if document == "photo":
        return "pasfoto.jpg", make.a_phone_photo(600, 900)
    return f"{document}.pdf", make.a_pdf(2) + f"\n% {document} {marked}\n".encode() * 400


class Office:
    """Everybody whose turn may come, each in her own session."""

    def __init__(self, town: Town, danger: Danger | None = None) -> None:
        self.of = {turn: Person(town.url, sign_in, danger) for turn, sign_in in OFFICERS.items()}

    def __getitem__(self, turn: str) -> Person:
        return self.of[turn]


@dataclass
class Upload:
    """A file on its way, as the page's script sends it: announced, then piece by piece from where the city stands."""

    sender: Person
    action: str
    ticket: str
    name: str
    content: bytes
    location: str = ""
    offsets: list[int] = field(default_factory=list)

    def ask(self, method: str, address: str, body: bytes | Iterator[bytes] = b"", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        told = {"Authorization": f"Ticket {self.ticket}", "Tus-Resumable": "1.0.0", **named}
        return self.sender.line.request(method, address, content=body, headers=told)

    def announce(self, size: int | None = None) -> httpx.Response:
        name = b64encode(self.name.encode()).decode()
        answer = self.sender.insist(
            lambda: self.ask(
                "POST",
                self.action.removesuffix("/form") + "/files",
                Upload_Length=str(len(self.content) if size is None else size),
                Upload_Metadata=f"filename {name}",
            )
        )
        self.location = answer.headers.get("location", "")
        return answer

    def offset(self) -> int:
        """Where the city stands: never behind what it acknowledged."""
        answer = self.sender.insist(lambda: self.ask("HEAD", self.location))
        assert answer.status_code == 204, answer.text
        stands = int(answer.headers["upload-offset"])
        assert stands >= max(self.offsets, default=0), f"acknowledged {self.offsets}, but only {stands} are there"
        return stands

    def piece(self, start: int) -> httpx.Response:
        """One piece, sent once: a lost answer is asked for with `offset`."""
        named = {"Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
        told = {"Authorization": f"Ticket {self.ticket}", "Tus-Resumable": "1.0.0", **named}
        part = self.content[start : start + PIECE]
        return self.sender.line.patch(self.location, content=part, headers=told)

    def send(self) -> str:
        """All of it, whatever falls meanwhile; the file's id."""
        assert self.announce().status_code == 201
        stands, danger = self.offset(), self.sender.danger
        while stands < len(self.content):
            with danger.striking("upload") if danger else nullcontext():
                try:
                    answer = self.piece(stands)
                except httpx.TransportError:
                    answer = None
                if answer is not None and answer.status_code == 204:
                    self.offsets.append(int(answer.headers["upload-offset"]))
                else:
                    self.sender.unanswered += 1
                stands = self.offset()
        return self.location.rpartition("/")[2]


class Errand:
    """One application. What the page's own form says is what is sent; `sent` remembers the bytes of each document."""

    def __init__(self, town: Town, doctor: Person, office: Office) -> None:
        self.town, self.doctor, self.office = town, doctor, office
        self.case_id, self.sent = "", {}  # type: str, dict[str, bytes]

    # ── the applicant ──

    @property
    def own(self) -> str:
        return f"/sipeci/applications/{self.case_id}"

    def begin(self) -> None:
        form = self.doctor.get("/sipeci/applications/new?kind=sip_dokter").form("/applications/new")
        self.case_id = form.values["case_id"]
        self.agreed(self.doctor.press(form), f"{self.own}/form/practice")

    def fill(self) -> None:
        for step, answers in STEPS.items():
            form = self.doctor.get(f"{self.own}/form/{step}").form(f"/form/{step}")
            self.agreed(self.doctor.press(form, **answers), "/form/")

    def slot(self, document: str, page: str) -> tuple[str, str]:
        """Where a document is sent, and with which ticket, as its row on the page says."""
        found = self.doctor.insist(lambda: self.doctor.line.get(page, follow_redirects=True)).text
        row = re.search(rf'<form[^>]*action="([^"]+)"[^>]*data-row="d-{document}".*?</form>', found, re.S)
        assert row, f"{page} has no place for {document}"
        ticket = re.search(r'name="ticket" value="([^"]+)"', row[0])
        assert ticket
        return row[1], ticket[1]

    def upload(self, document: str, name: str, content: bytes, page: str = "") -> Upload:
        action, ticket = self.slot(document, page or f"{self.own}/form/documents")
        return Upload(self.doctor, action, ticket, name, content)

    def hand_in(self, document: str, marked: str = "", page: str = "") -> None:
        """Send a document and put it in its place."""
        name, content = a_paper(document, marked)
        file_id = self.upload(document, name, content, page).send()
        form = self.doctor.get(page or f"{self.own}/form/documents").forms[0]
        token = {"csrfmiddlewaretoken": form.values["csrfmiddlewaretoken"], "file": file_id}
        self.agreed(self.doctor.send(f"{self.own}/documents/{document}/attachment", token), "#d-" + document)
        self.sent[document] = content

    def hand_in_all(self) -> None:
        for document in ("str", "skp", "place_letter", "ktp", "photo"):
            self.hand_in(document)
        self.inspected()

    def inspected(self) -> None:
        """Until the worker has looked into every file."""
        self.town.quiet()

    def submit(self) -> None:
        form = self.doctor.get(f"{self.own}/form/review").form("/submission")
        self.agreed(self.doctor.press(form), self.own)

    def answer(self) -> None:
        self.hand_in("place_letter", "again", f"{self.own}/answer")
        self.inspected()
        self.agreed(self.doctor.press(self.doctor.get(f"{self.own}/answer").form("/answer")), self.own)

    # ── the offices ──

    def desk(self, turn: str, look: str = "") -> Page:
        return self.office[turn].get(f"/sipeci/desk/{self.case_id}" + (f"?look={look}" if look else ""))

    def press(self, turn: str, verb: str, look: str = "", **typed: str) -> httpx.Response:
        return self.agreed(self.office[turn].press(self.form(turn, verb, look), **typed), "/sipeci/desk/")

    def form(self, turn: str, verb: str, look: str = "") -> Form:
        return self.desk(turn, look).form(f"/{verb}")

    def accept(self, turn: str) -> None:
        """Every document that nobody has looked at."""
        for document in ("str", "skp", "place_letter", "ktp", "photo"):
            page = self.desk(turn, document)
            if page.has_form("/acceptance"):
                self.agreed(self.office[turn].press(page.form("/acceptance")), "/sipeci/desk/")

    def send_back(self) -> None:
        self.press("front", "defects", "place_letter", code="unreadable", message="Foto ulang suratnya, kurang terang.")
        self.press("front", "return")

    def register(self) -> None:
        self.town.quiet()
        self.accept("front")
        self.press("front", "registration")

    def examine(self) -> None:
        self.accept("back")
        self.press("back", "examination")

    def review(self) -> None:
        self.town.quiet()  # she comes because she was told; nobody is told of what is done already
        self.press("reviewer", "review", opinion="recommended", reason="Tempat dan kompetensi sesuai.")

    def draft(self) -> None:
        self.press("back", "decision", outcome="grant")

    def initial(self) -> None:
        self.press("officer", "initial")
        self.press("division", "initial")

    def sign(self) -> None:
        self.town.quiet()  # the letter is written by a job
        self.press("head", "signature", passphrase=PASSPHRASE)

    def issued(self) -> None:
        self.town.quiet()
        until(lambda: self.state() == "issued", f"the permit was never issued: {self.state()}")

    def state(self) -> str:
        return str(self.town.rows("SELECT state FROM cases_case WHERE id = %s", self.case_id)[0][0])

    def steps(self) -> Iterator[str]:
        """The whole life, one step at a time; gives the name of each once it is done."""
        way = (self.begin, self.fill, self.hand_in_all, self.submit, self.send_back, self.answer, self.register,
               self.examine, self.review, self.draft, self.initial, self.sign, self.issued)  # fmt: skip
        for step in way:
            step()
            yield step.__name__

    def until(self, last: str) -> "Errand":
        """As far as a step, that one included."""
        next(name for name in self.steps() if name == last)
        return self

    # ── what must be true ──

    def agreed(self, answer: httpx.Response, leads_to: str) -> httpx.Response:
        """The press was followed: its answer leads on to the right page, however often it had to be sent."""
        said = Page(answer.text).words if answer.status_code != 303 else ""
        assert answer.status_code == 303, f"{answer.request.url}: {answer.status_code} {said}"
        assert leads_to in answer.headers["location"], answer.headers["location"]
        return answer

    @property
    def log(self) -> list[Acknowledged]:
        return [one for person in (self.doctor, *self.office.of.values()) for one in person.log]

    @property
    def unanswered(self) -> int:
        return sum(person.unanswered for person in (self.doctor, *self.office.of.values()))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
