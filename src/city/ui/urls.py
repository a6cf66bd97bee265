from django.urls import path
from django.views.i18n import set_language

from city.ui import views

urlpatterns = [
    path("tampilan", views.parts, name="ui-parts"),
    path("bahasa", set_language, name="language"),
]
