from django.conf import settings
from django.urls import path

from city.gateway import views
from city.gateway.agencies.bank.callbacks import snap

urlpatterns = [
    path("snap/v1.0/<path:name>", snap, name="gateway-snap"),
    path("snap/<path:name>", snap, name="gateway-snap-elsewhere"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/bank", views.payer, name="gateway-payer"),
        path("demo/bank/acts", views.act, name="gateway-payer-act"),
        path("demo/bank/outage", views.outage, name="gateway-payer-outage"),
    ]
