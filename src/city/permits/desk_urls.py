"""Addresses of the officers' desk, below /sipeci/desk/."""

from django.urls import path

from city.permits.views import desk, desk_files, desk_marks, desk_money, desk_permits, desk_verbs, inspection

_VISIT = "<uuid:case_id>/inspection"

urlpatterns = [
    path("", desk.queue, name="permits-desk"),
    path("find", desk.find, name="permits-desk-find"),
    path("<uuid:case_id>", desk.case, name="permits-desk-case"),
    path("<uuid:case_id>/files/<slug:code>", desk_files.whole, name="permits-desk-file"),
    path("<uuid:case_id>/files/<slug:code>/earlier", desk_files.earlier, name="permits-desk-earlier"),
    path("<uuid:case_id>/files/<slug:code>/<int:number>.jpg", desk_files.page, name="permits-desk-page"),
    path("<uuid:case_id>/draft", desk_files.draft, name="permits-desk-draft"),
    path("<uuid:case_id>/draft/<int:number>.jpg", desk_files.draft_page, name="permits-desk-draft-page"),
    path("<uuid:case_id>/acceptance", desk_marks.accept, name="permits-desk-acceptance"),
    path("<uuid:case_id>/defects", desk_marks.mark, name="permits-desk-defects"),
    path("<uuid:case_id>/defects/removal", desk_marks.clear, name="permits-desk-defect-removal"),
    path("<uuid:case_id>/return", desk_verbs.send_back, name="permits-desk-return"),
    path("<uuid:case_id>/registration", desk_verbs.register, name="permits-desk-registration"),
    path("<uuid:case_id>/examination", desk_verbs.examine, name="permits-desk-examination"),
    path("<uuid:case_id>/review", desk_verbs.review, name="permits-desk-review"),
    path("<uuid:case_id>/assessment", desk_money.assess, name="permits-desk-assessment"),
    path("<uuid:case_id>/hand-over", desk_money.hand_over, name="permits-desk-hand-over"),
    path("<uuid:case_id>/decision", desk_verbs.draft, name="permits-desk-decision"),
    path("<uuid:case_id>/initial", desk_verbs.initial, name="permits-desk-initial"),
    path("<uuid:case_id>/draft-return", desk_verbs.return_draft, name="permits-desk-draft-return"),
    path("<uuid:case_id>/signature", desk_verbs.sign, name="permits-desk-signature"),
    path(_VISIT, inspection.inspection, name="permits-inspection"),
    path(f"{_VISIT}/visit", inspection.visit, name="permits-inspection-visit"),
    path(f"{_VISIT}/no-show", inspection.no_show, name="permits-inspection-no-show"),
    path(f"{_VISIT}/report", inspection.report, name="permits-inspection-report"),
    path(f"{_VISIT}/signature", inspection.signature, name="permits-inspection-signature"),
    path(f"{_VISIT}/photos", inspection.photos, name="permits-inspection-photos"),
    path(f"{_VISIT}/photos/arrived", inspection.arrived, name="permits-inspection-arrived"),
    path(f"{_VISIT}/photos/<uuid:file_id>", inspection.photo, name="permits-inspection-photo"),
    path(f"{_VISIT}/photos/<uuid:file_id>/thumbnail", inspection.thumbnail, name="permits-inspection-thumbnail"),
    path(f"{_VISIT}/photos/<uuid:file_id>/removal", inspection.removal, name="permits-inspection-photo-removal"),
    path("permits/<uuid:permit_id>/suspension", desk_permits.suspend, name="permits-desk-suspension"),
    path("permits/<uuid:permit_id>/reinstatement", desk_permits.reinstate, name="permits-desk-reinstatement"),
    path("permits/<uuid:permit_id>/revocation", desk_permits.revoke, name="permits-desk-revocation"),
]
