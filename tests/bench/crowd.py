"""A hundred thousand cases by SQL, shaped as the desk sees them; and ready applications by the real verbs."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from city.cases import actions
from city.cases.models import Case
from city.cases.queries import documents_of, spec_of
from city.documents.actions.keeping import written
from city.kernel.actor import Actor, system
from city.kernel.ids import new_id
from city.people import actions as people
from city.people.models import Person

KIND = "sip_dokter"
ANSWERS = {
    "profession": "general",
    "str_number": "12.3.4.5678.9012",
    "str_kind": "lifelong",
    "skp_number": "SKP-2026-1",
    "place_order": "1",
    "facility_type": "clinic",
    "facility_name": "Klinik Contoh",
    "facility_address": "Jl. Contoh Raya 12",
    "facility_permit": "NIB 1234567890123",
    "schedule": "Senin dan Rabu, 16.00–20.00",
    "holder_name": "dr. Contoh",
    "birth_place": "Cilegon",
    "birth_date": "1988-04-12",
    "home_address": "Jl. Contoh 1, Cilegon",
}
_PEOPLE = """
INSERT INTO people_person (id, name, address, phone, email, is_demo, created_by, created_at)
SELECT gen_random_uuid(), 'dr. Contoh ' || n, '', '', '', true, 'system:bench', now() FROM generate_series(1, 2000) n
"""
_CASES = """
INSERT INTO cases_case (id, kind_version_id, kind, agency, application_type, state, turn, version, applicant_id,
    receipt, submitted_at, urgent_on, ended_at, created_at, updated_at)
SELECT gen_random_uuid(), %(version)s, %(kind)s, 'DPMPTSP', 'new',
    CASE WHEN n %% 10 = 0 THEN 'submitted' ELSE 'withdrawn' END, CASE WHEN n %% 10 = 0 THEN 'verify' ELSE '' END, 3,
    crowd.ids[1 + n %% 2000], 'SPC-BENCH-2026-' || lpad(n::text, 6, '0'), now() - n * interval '7 minutes',
    current_date + (n / 200), CASE WHEN n %% 10 = 0 THEN NULL ELSE now() END, now(), now()
FROM generate_series(%(low)s::int, %(high)s::int) n,
    (SELECT array_agg(id) AS ids FROM people_person WHERE created_by = 'system:bench') crowd
"""


def place_people() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE)


def place_cases(version: int, low: int, high: int) -> None:
    """Cases numbered low to high, one in ten waiting for the front office."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, {"version": version, "kind": KIND, "low": low, "high": high})


def of_person(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def a_doctor(number: int, at: datetime) -> Person:
    nik = f"3672990203{90 + number // 5000:02d}{1 + number % 5000:04d}"
    return people.register_person(name="dr. Contoh", nik=nik, by=system("bench"), at=at)


def a_filled_draft(doctor: Person, photo: bytes, paper: bytes, at: datetime) -> Case:
    """Everything answered and handed in, ready to be sent."""
    me = of_person(doctor)
    case = actions.open_draft(case_id=new_id(), kind=KIND, applicant_id=doctor.pk, by=me, at=at)
    spec = spec_of(case.kind_version_id)
    answers = ANSWERS | {"kelurahan": spec.fields["kelurahan"].values[0]}
    actions.save_answers(case_id=case.pk, answers=answers, by=me, at=at)
    for need in spec.documents:
        content = paper if need.code in ("str", "skp") else photo
        file = written(
            content, subject_id=doctor.pk, purpose=f"case:{case.pk}:{need.code}", name=f"{need.code}.bin", at=at
        )
        actions.attach(case_id=case.pk, document=need.code, file_id=file.pk, by=me, at=at)
    return case


def accept_everything(case_id: UUID, by: Actor, at: datetime) -> None:
    for row in documents_of(case_id):
        actions.accept_document(case_id=case_id, document=row.need.code, by=by, at=at)
