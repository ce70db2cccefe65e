"""The subscriber's pages: ask, confirm, end. Every GET only asks; what acts is a POST."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from ledger import subscriptions
from ledger.links import Purpose, by_token, token
from ledger.models import Subscription
from ledger.moments import day_of
from predictions.models import Prediction, Speaker


class AskForm(forms.Form):
    """What somebody wants to hear of, and where."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        error_messages={
            "required": "Give the address that the mail should go to.",
            "invalid": "This is no e-mail address. One looks like name@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "name@example.org"}),
    )
    speaker = forms.ModelChoiceField(
        label="Tell me about",
        queryset=Speaker.objects.filter(Exists(Prediction.objects.filter(statement__speaker=OuterRef("pk")))),
        to_field_name="slug",
        required=False,
        empty_label="every prediction",
        error_messages={"invalid_choice": "Nobody of this name is in the ledger. Choose one from the list."},
    )


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class Ask(View):
    """A form without an account. What it answers does not tell whether an address is known here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = AskForm(label_suffix="", initial={"speaker": request.GET.get("speaker", "")})
        return render(request, "subscribing/ask.html", {"form": form})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AskForm(request.POST, label_suffix="")
        if not form.is_valid():
            return render(request, "subscribing/ask.html", {"form": form}, status=422)
        now = datetime.now(UTC)
        subscriptions.ask(form.cleaned_data["email"], form.cleaned_data["speaker"], at=now, on=day_of(now))
        return redirect("subscribe_asked")


class Asked(TemplateView):
    template_name = "subscribing/asked.html"


@method_decorator(never_cache, name="dispatch")
class Confirm(View):
    """Where the question in the mail leads."""

    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = by_token(signed, Purpose.CONFIRM)
        if subscription is None:
            return _no_such_link(request)
        return self._page(request, subscription)

    def post(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = by_token(signed, Purpose.CONFIRM)
        if subscription is None:
            return _no_such_link(request)
        subscriptions.confirm(subscription, at=datetime.now(UTC))
        subscription.refresh_from_db()
        return self._page(request, subscription)

    def _page(self, request: HttpRequest, subscription: Subscription) -> HttpResponse:
        return render(request, "subscribing/confirm.html", {"subscription": subscription})


@method_decorator((never_cache, csrf_exempt), name="dispatch")
class End(View):
    """Where mails lead that somebody has had enough of.

    The POST is also what mail programs send by themselves (RFC 8058), without cookies or a page
    seen before: the signed link alone is the authority.
    """

    of_all = False

    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = by_token(signed, Purpose.END)
        if subscription is None:
            return _no_such_link(request)
        return self._page(request, subscription, "subscribing/end.html")

    def post(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = by_token(signed, Purpose.END)
        if subscription is None:
            return _no_such_link(request)
        if self.of_all:
            subscriptions.end_all(subscription, at=datetime.now(UTC))
        else:
            subscriptions.end(subscription, at=datetime.now(UTC))
        return self._page(request, subscription, "subscribing/ended.html")

    def _page(self, request: HttpRequest, subscription: Subscription, template: str) -> HttpResponse:
        of_the_reader = subscription.subscriber.subscriptions.live().exclude(pk=subscription.pk)
        context = {
            "subscription": subscription,
            "token": token(subscription, Purpose.END),
            "of_all": self.of_all,
            "others": list(of_the_reader.select_related("speaker")),
        }
        return render(request, template, context)


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "subscribing/no_such_link.html", status=404)
