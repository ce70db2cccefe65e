"""Where everything is: the admin, the pulse, and the public pages of the ledger."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("admin/ledger/desk/", include("ledger.admin.urls")),
    path("admin/review/", include("predictions.review.urls")),
    path("admin/mail/", include("ledger.mailroom_urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("ledger.urls")),
]
