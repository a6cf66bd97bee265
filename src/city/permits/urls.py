"""Sipeci's addresses, below /sipeci/."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path

from city.permits import desk_urls
from city.permits.views import answer, apply, case, catalogue, counter, fill, papers, permit, public, submission

_CASE = "applications/<uuid:case_id>"
_PAPER = f"{_CASE}/documents/<slug:document>"
_HELD = "counter/people/<uuid:person_id>/permits/<uuid:permit_id>"

# Who is signed out is led to sign-in from every page of the desk; what an officer may do is each action's to say.
for _page in desk_urls.urlpatterns:
    _page.callback = login_required(_page.callback)

urlpatterns = [
    path("", catalogue.home, name="permits-home"),
    path("kinds/<slug:code>", catalogue.kind, name="permits-kind"),
    path("kinds/<slug:code>/standard", catalogue.standard, name="permits-standard"),
    path("track", public.track, name="permits-track"),
    path("verify", public.verify, name="permits-verify"),
    path("verify/file", public.file, name="permits-verify-file"),
    path("verify/<str:code>", public.answer, name="permits-answer-on"),
    path("applications/", apply.mine, name="permits-mine"),
    path("applications/new", apply.new, name="permits-new"),
    path(_CASE, case.case, name="permits-case"),
    path(f"{_CASE}/form", fill.resume, name="permits-resume"),
    path(f"{_CASE}/form/documents", papers.step, name="permits-documents"),
    path(f"{_CASE}/form/review", submission.review, name="permits-review"),
    path(f"{_CASE}/form/<slug:code>", fill.step, name="permits-form"),
    path(f"{_CASE}/answers", fill.answers, name="permits-answers"),
    path(f"{_CASE}/submission", submission.submission, name="permits-submission"),
    path(f"{_CASE}/answer", answer.answer, name="permits-answer"),
    path(f"{_CASE}/withdrawal", case.withdrawal, name="permits-withdrawal"),
    path(f"{_CASE}/decision", case.decision, name="permits-decision"),
    path(f"{_CASE}/letter", case.letter, name="permits-letter"),
    path(f"{_CASE}/receipt", case.receipt, name="permits-receipt"),
    path(_PAPER, papers.document, name="permits-document"),
    path(f"{_PAPER}/thumbnail", papers.thumbnail, name="permits-thumbnail"),
    path(f"{_PAPER}/attachment", papers.attachment, name="permits-attachment"),
    path(f"{_PAPER}/ticket", papers.ticket, name="permits-ticket"),
    path(f"{_PAPER}/arrived", papers.arrived, name="permits-arrived"),
    path(f"{_PAPER}/removal", papers.removal, name="permits-removal"),
    path("permits/<uuid:permit_id>", permit.permit, name="permits-permit"),
    path("permits/<uuid:permit_id>/renewal", permit.renewal, name="permits-renewal"),
    path("permits/<uuid:permit_id>/amendment", permit.amendment, name="permits-amendment"),
    path("counter", counter.counter, name="permits-counter"),
    path("counter/people", counter.newcomer, name="permits-newcomer"),
    path("counter/people/<uuid:person_id>", counter.person, name="permits-counter-person"),
    path("counter/people/<uuid:person_id>/applications", counter.opening, name="permits-counter-opening"),
    path(f"{_HELD}/surrender", counter.surrender, name="permits-surrender"),
    path("desk/", include(desk_urls)),
]
