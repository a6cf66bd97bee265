from django.urls import path

from city.library import views

urlpatterns = [
    path("", views.front, name="library-home"),
    path("works", views.works, name="library-works"),
    path("works/<uuid:work_id>", views.work, name="library-work"),
]
