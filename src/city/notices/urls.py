from django.urls import path

from city.notices import views

urlpatterns = [
    path("pesan", views.inbox, name="notices-inbox"),
    path("pesan/dibaca", views.reading, name="notices-reading"),
    path("pesan/gagal", views.failures, name="notices-failures"),
    path("pesan/gagal/<uuid:dispatch_id>", views.sending, name="notices-sending"),
    path("pesan/<uuid:notice_id>", views.notice, name="notices-notice"),
]
