"""Where everything is: the admin, the pulse, and the public pages of the ledger."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import healthz, metrics

reported = [path("reported/", include("anymail.urls"))] if "anymail" in settings.INSTALLED_APPS else []

urlpatterns = [
    *reported,
    path("admin/ledger/desk/", include("ledger.admin.urls")),
    path("admin/review/", include("predictions.review.urls")),
    path("admin/mail/", include("ledger.mailroom_urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("", include("ledger.urls")),
]
