"""The front door: each system under its own name."""

from django.urls import include, path

urlpatterns = [
    path("", include("city.portal.urls")),
    path("", include("city.people.urls")),
    path("", include("city.notices.urls")),
    path("simral/", include("city.ledger.urls")),
    path("", include("city.billing.urls")),
    path("sipeci/", include("city.permits.urls")),
    path("pustaka/", include("city.library.urls")),
    path("", include("city.gateway.urls")),
    path("", include("city.ui.urls")),
]
handler400 = "city.ui.views.bad_request"
handler403 = "city.ui.views.forbidden"
handler404 = "city.ui.views.not_found"
handler500 = "city.ui.views.server_error"
