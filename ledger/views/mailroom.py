"""The page that shows a developer the mails that went into a folder. For superusers: it holds addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from ledger.house_rules import HouseRules
from ledger.post.mailroom import Letter, letter, letters

INTO_A_FOLDER = "django.core.mail.backends.filebased.EmailBackend"

NOTHING_BUT_ITS_STYLE = (
    "sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'"
)


def is_superuser(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(user.is_active and getattr(user, "is_superuser", False))


for_superusers = user_passes_test(is_superuser, login_url="admin:login")


@never_cache
@require_safe
@for_superusers
def overview(request: HttpRequest) -> HttpResponse:
    folder = _folder()
    context = {"folder": folder, "letters": letters(folder) if folder else []}
    return render(request, "mailroom/overview.html", _frame("Mail") | context)


@never_cache
@require_safe
@for_superusers
def one(request: HttpRequest, file: str, number: int) -> HttpResponse:
    found = _find(file, number)
    return render(request, "mailroom/letter.html", _frame(found.subject) | {"letter": found})


@never_cache
@require_safe
@for_superusers
@xframe_options_sameorigin
def html(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The HTML of a mail, shut in: it runs and fetches nothing, and its links lead out of the frame."""
    page = _find(file, number).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(page, headers={"Content-Security-Policy": NOTHING_BUT_ITS_STYLE})


@never_cache
@require_safe
@for_superusers
def whole(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The mail as a file, to keep: it holds a checkpoint of the log."""
    content = _find(file, number).mail.as_bytes()
    headers = {"Content-Disposition": 'attachment; filename="mail.eml"'}
    return HttpResponse(content, content_type="message/rfc822", headers=headers)


def _folder() -> Path | None:
    """The folder that mail goes to; None where mail is sent."""
    return Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_BACKEND == INTO_A_FOLDER else None


def _find(file: str, number: int) -> Letter:
    folder = _folder()
    found = letter(folder, file, number) if folder else None
    if found is None:
        raise Http404("There is no such mail.")
    return found


def _frame(title: str) -> dict[str, Any]:
    return {"title": title, "review_mode": str(HouseRules.here())}
