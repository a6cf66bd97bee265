from django.urls import path

from city.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cari", views.search, name="portal-search"),
    path("bantuan", views.guide, name="portal-help"),
    path("akun/dilihat", views.seen, name="portal-seen"),
    path("demo", views.demo, name="portal-demo"),
]
