"""At the edge: what a browser may load, the language, a sentence for everything that goes wrong. No database."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

from city.kernel.errors import FieldError, Refusal
from city.ui import urls as ui_urls
from city.ui import views


def refusing(request: HttpRequest) -> HttpResponse:
    raise Refusal("case.stale", "Sudah diubah Dewi Lestari pukul 14.10.", errors=[FieldError("str", "Isi nomor STR.")])


def unreachable(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rahasia di dalam")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_POST
def form_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("a", ""))


urlpatterns = [
    *ui_urls.urlpatterns,
    path("refusing", refusing),
    path("unreachable", unreachable),
    path("broken", broken),
    path("missing", missing),
    path("form", form_only),
]
handler400, handler403, handler404 = views.bad_request, views.forbidden, views.not_found
handler500 = views.server_error


@pytest.fixture
def browser() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")


def test_nothing_but_our_own_files_may_load(browser: Client) -> None:
    policy = browser.get("/tampilan").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy


def test_no_page_carries_script_or_style_of_its_own(browser: Client) -> None:
    html = browser.get("/tampilan").content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count("<script src=")
    assert " onclick" not in html


def test_pages_are_indonesian_until_somebody_chooses_english(browser: Client) -> None:
    plain = browser.get("/tampilan", headers={"Accept-Language": "en"})
    assert '<html lang="id">' in plain.content.decode()
    answer = browser.post("/bahasa", {"language": "en", "next": "/tampilan"})
    assert answer.status_code == 302
    assert '<html lang="en">' in browser.get("/tampilan").content.decode()


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/missing", 404, "Halaman ini tidak ada"),
        ("/nowhere", 404, "Halaman ini tidak ada"),
        ("/broken", 500, "Kami tidak bisa menyelesaikan ini"),
        ("/unreachable", 503, "Kota sedang tersendat"),
        ("/form", 405, "hanya menerima kiriman"),
        ("/refusing", 409, "Sudah diubah Dewi Lestari pukul 14.10."),
    ],
)
def test_everything_that_goes_wrong_has_a_sentence_and_a_way_out(
    browser: Client, address: str, status: int, sentence: str
) -> None:
    answer = browser.get(address)
    html = answer.content.decode()
    assert answer.status_code == status
    assert sentence in html
    assert "Ke beranda" in html
    assert "rahasia di dalam" not in html


def test_a_moment_without_a_database_says_when_to_come_back(browser: Client) -> None:
    assert browser.get("/unreachable").headers["Retry-After"] == "20"


def test_a_refusal_lists_what_to_mend(browser: Client) -> None:
    assert "Isi nomor STR." in browser.get("/refusing").content.decode()


def test_a_script_gets_the_refusal_as_problem_json(browser: Client) -> None:
    answer = browser.get("/refusing", headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "case.stale",
        "title": "Sudah diubah Dewi Lestari pukul 14.10.",
        "status": 409,
        "errors": [{"field": "str", "sentence": "Isi nomor STR."}],
    }


def test_a_refused_method_still_names_the_allowed_ones(browser: Client) -> None:
    assert browser.get("/form").headers["Allow"] == "POST"


def test_a_form_without_its_proof_of_origin_is_told_what_to_do() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1").post("/form", {"a": "1"})
    assert answer.status_code == 403
    assert "Halaman tadi sudah terlalu lama terbuka" in answer.content.decode()


def test_a_form_larger_than_a_form_may_be_is_413() -> None:
    request = RequestFactory().post("/form")
    answer = views.bad_request(request, RequestDataTooBig("too big"))
    assert answer.status_code == 413
    assert "terlalu besar" in answer.content.decode()


def test_the_way_back_never_leads_to_a_stranger() -> None:
    make = RequestFactory(SERVER_NAME="127.0.0.1")
    ours = views.not_found(make.get("/x", HTTP_REFERER="http://127.0.0.1/sipeci/"), Http404())
    other = views.not_found(make.get("/x", HTTP_REFERER="http://127.0.0.1.evil.example/"), Http404())
    assert 'href="http://127.0.0.1/sipeci/"' in ours.content.decode()
    assert "evil" not in other.content.decode()
