"""What others ask of permits."""

from city.permits.queries.case_page import CasePage, case_page, letter_of, refusal_page
from city.permits.queries.counter import counter_cases, faults_of_nik, permit_of_holder, seen_at_counter, surrenderable
from city.permits.queries.drawings import Flow, case_drawing, public_drawing
from city.permits.queries.earlier import Earlier, earlier_for
from city.permits.queries.filling import Filling, Question, filling_of
from city.permits.queries.inspection import offer_of_photo
from city.permits.queries.kinds import CatalogueEntry, entry_of, kind_called, services
from city.permits.queries.mending import Mending, mending_of
from city.permits.queries.mine import drafts_of, kind_name, own_cases, own_permits
from city.permits.queries.papers import (
    fault_of_upload,
    file_of,
    offer_of,
    papers_page,
    papers_url_name,
    sent_for,
    slot_for,
    thumbnail_of,
)
from city.permits.queries.people import applicant_for, person_shown
from city.permits.queries.permit_page import permit_page
from city.permits.queries.permits import (
    day_of,
    face_of,
    latest_act,
    no_such_permit,
    permit_for,
    permit_of_case,
    place_of,
    places_held,
    reason_of,
    renewable,
    renewal_days,
    renewal_opens_on,
    shown,
)
from city.permits.queries.public import (
    address_of_hash,
    answer_of,
    answer_on,
    answer_on_file,
    code_in_address,
    fault_in_receipt,
    permit_address,
    refused_on,
    tracked,
)
from city.permits.queries.receipt import receipt_page
from city.permits.queries.rows import permit_of
from city.permits.queries.slips import NO_SLIPS, Slips
from city.permits.queries.standard import duration_of, fee_of, procedure_of, standard_of
from city.permits.queries.steps import review_page, step_page

__all__ = [
    "NO_SLIPS",
    "CasePage",
    "CatalogueEntry",
    "Earlier",
    "Filling",
    "Flow",
    "Mending",
    "Question",
    "Slips",
    "address_of_hash",
    "answer_of",
    "answer_on",
    "answer_on_file",
    "applicant_for",
    "case_drawing",
    "case_page",
    "code_in_address",
    "counter_cases",
    "day_of",
    "drafts_of",
    "duration_of",
    "earlier_for",
    "entry_of",
    "face_of",
    "fault_in_receipt",
    "fault_of_upload",
    "faults_of_nik",
    "fee_of",
    "file_of",
    "filling_of",
    "kind_called",
    "kind_name",
    "latest_act",
    "letter_of",
    "mending_of",
    "no_such_permit",
    "offer_of",
    "offer_of_photo",
    "own_cases",
    "own_permits",
    "papers_page",
    "papers_url_name",
    "permit_address",
    "permit_for",
    "permit_of",
    "permit_of_case",
    "permit_of_holder",
    "permit_page",
    "person_shown",
    "place_of",
    "places_held",
    "procedure_of",
    "public_drawing",
    "reason_of",
    "receipt_page",
    "refusal_page",
    "refused_on",
    "renewable",
    "renewal_days",
    "renewal_opens_on",
    "review_page",
    "seen_at_counter",
    "sent_for",
    "services",
    "shown",
    "slot_for",
    "standard_of",
    "step_page",
    "surrenderable",
    "thumbnail_of",
    "tracked",
]
