from django.urls import path
from django.views.i18n import set_language

from city.ui import views
from city.ui.phone import views as phone

urlpatterns = [
    path("tampilan", views.parts, name="ui-parts"),
    path("bahasa", set_language, name="language"),
    path("aplikasi.webmanifest", phone.application, name="phone-manifest"),
    path("pekerja.js", phone.worker, name="phone-worker"),
    path("luring/<str:code>", phone.offline, name="phone-offline"),
    path("ponsel", phone.reader, name="phone-reader"),
]
