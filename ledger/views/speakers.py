from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def speakers(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "ledger/base.html")


@require_safe
def speaker(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "ledger/base.html")
