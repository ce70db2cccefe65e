"""The subscriber's pages: ask, confirm, end. Every GET only asks; what acts is a POST."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from ledger.models import Subscriber, Subscription
from ledger.models.words import why_not
from ledger.moments import day_of
from ledger.post import subscriptions
from ledger.post.kinds import KINDS, TO_ACCOUNTS
from ledger.post.links import Ending, Purpose, managing, reader_of, subscription_of, token
from ledger.post.subscriptions import Subject
from ledger.views.language import there
from ledger.views.senders import sender_of
from predictions.models import Prediction, Source, Speaker, Topic

EVERYTHING = "everything"
ADDRESSES = re.compile(
    r"://|@|www\.|\w\.(?:[^\W\d_]{2}|xn--)|\w[。｡][a-z]{2}|\d+\.\d+\.\d+\.\d|localhost", re.IGNORECASE
)
"""What no words to look for may hold: they stand in the mail that asks its reader, whoever typed them, and mail programs make links of these."""
MOST_LISTED = 50
"""So many speakers and topics are listed to choose from; of more, one looks for a name."""
LONGEST_NAME = 100
NAMED = ("speaker", "topic", "source", "prediction")
"""What can be followed by name: ``/subscribe/?topic=energy``, or a source or a prediction by its number."""


def find(kind: str, name: str) -> Speaker | Topic | Source | Prediction | None:
    """What an address or a form names; None if there is no such thing."""
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 19 else 0
    match kind:
        case _ if "\x00" in name:
            return None
        case "speaker":
            return Speaker.objects.filter(slug=name).first()
        case "topic":
            return Topic.objects.filter(slug=name).first()
        case "source":
            return Source.objects.filter(pk=number).first()
        case _:
            return Prediction.objects.filter(pk=number).first()


class AskForm(forms.Form):
    """What somebody wants to hear of, and where."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Give the address that the mail should go to."),
            "invalid": gettext_lazy("This is no e-mail address. One looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "name@example.org"}),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Tell me about"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such thing in the ledger. Choose one from the list.")
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Or about predictions with these words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "In the claim, the quote, the name of whoever said it, or the title of its source. All of them, in any order."
        ),
    )

    def __init__(
        self,
        given: QueryDict | None = None,
        *,
        came_for: tuple[str, str] | None,
        named: str = "",
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(given, label_suffix="", initial=initial)
        self.named = named
        self.offered = _offered(named)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101 (for the type checker)
        listed = dict(choice for _, group in self.offered.groups for choice in group)
        about.choices = [
            (EVERYTHING, _("every prediction")),
            *_come_for(came_for, listed),
            *self.offered.groups,
        ]
        if named and not came_for:
            self.initial["about"] = next(iter(listed), "")

    def clean_about(self) -> Subject:
        kind, _, name = str(self.cleaned_data["about"] or EVERYTHING).partition(":")
        return None if kind == EVERYTHING else find(kind, name)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if ADDRESSES.search(as_seen(words)):
            raise forms.ValidationError(_("Give words alone, no address: these are sent to the mailbox."))
        if reason := why_not(words):
            raise forms.ValidationError(reason)
        return words

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("words") and given.get("about"):
            self.add_error("words", _("Choose one: something from the list, or words to look for."))
        return given

    @property
    def subject(self) -> Subject:
        found: Subject = self.cleaned_data["words"] or self.cleaned_data["about"]
        return found


@dataclass(frozen=True)
class Offered:
    """What is listed, in groups; whether the ledger holds more than that, and whether more is called so."""

    groups: list[tuple[str, list[tuple[str, str]]]]
    of_many: bool = False
    more: bool = False


def _offered(named: str) -> Offered:
    """The speakers and topics to choose from: all, if they are few, else those whose name holds ``named``."""
    spoken = Speaker.objects.filter(Exists(Prediction.objects.filter(statement__speaker=OuterRef("pk"))))
    used = Topic.objects.filter(Exists(Prediction.objects.filter(topics=OuterRef("pk"))))
    one_more = MOST_LISTED + 1
    first = (rows.order_by().values("pk")[:one_more] for rows in (spoken, used))  # no more are looked at
    of_many = sum(len(rows) for rows in first) > MOST_LISTED
    if of_many and not named:
        return Offered([], of_many=True)
    if named:
        spoken, used = spoken.filter(name__icontains=named), used.filter(name__icontains=named)
    topics = [(f"topic:{row.slug}", row.name) for row in used[:one_more]]
    speakers = [(f"speaker:{row.slug}", row.name) for row in spoken[:one_more]]
    groups = [(_("A speaker"), speakers[:MOST_LISTED]), (_("A topic"), topics[:MOST_LISTED])]
    more = len(speakers) > MOST_LISTED or len(topics) > MOST_LISTED
    return Offered([group for group in groups if group[1]], of_many=of_many, more=more)


def _come_for(came_for: tuple[str, str] | None, listed: dict[str, str]) -> list[tuple[str, str]]:
    """What somebody comes for, if it is not among what is ``listed`` anyway."""
    choice = ":".join(came_for) if came_for else ""
    found = find(*came_for) if came_for and choice not in listed else None
    return [(choice, str(found))] if found else []


def as_seen(text: str) -> str:
    """``text`` without what has no width, its letters and dots in their usual form."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", shown)


def _named_in(given: QueryDict) -> tuple[str, str] | None:
    """What an address or a form's choice names, as a pair of its kind and its name."""
    kind, _, name = given.get("about", "").partition(":")
    if kind in NAMED:
        return kind, name
    return next(((kind, str(given[kind])) for kind in NAMED if given.get(kind)), None)


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class Ask(View):
    """A form without an account. What it answers does not tell whether an address is known here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        came_for = _named_in(request.GET)
        initial = {"about": ":".join(came_for) if came_for else "", "words": request.GET.get("words", "")}
        named = request.GET.get("named", "").replace("\0", "").strip()[:LONGEST_NAME]
        form = AskForm(came_for=came_for, named=named, initial=initial)
        return render(request, "subscribing/ask.html", {"form": form})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AskForm(request.POST, came_for=_named_in(request.POST))
        if not form.is_valid():
            return render(request, "subscribing/ask.html", {"form": form}, status=422)
        now = datetime.now(UTC)
        sender = sender_of(request, "subscriptions", now)
        try:
            subscriptions.ask(
                form.cleaned_data["email"],
                form.subject,
                at=now,
                on=day_of(now),
                sender=sender,
                language=get_language() or settings.LANGUAGE_CODE,
            )
        except forms.ValidationError as error:
            form.add_error(None, error)
            return render(request, "subscribing/ask.html", {"form": form}, status=422)
        return there(request, "subscribe_asked")


class Asked(TemplateView):
    template_name = "subscribing/asked.html"


@method_decorator(never_cache, name="dispatch")
class Confirm(View):
    """Where the question in the mail leads."""

    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = subscription_of(signed)
        if subscription is None:
            return no_such_link(request)
        return self._page(request, subscription)

    def post(self, request: HttpRequest, signed: str) -> HttpResponse:
        subscription = subscription_of(signed)
        if subscription is None:
            return no_such_link(request)
        subscriptions.confirm(subscription, at=datetime.now(UTC))
        subscription.refresh_from_db()
        return self._page(request, subscription)

    def _page(self, request: HttpRequest, subscription: Subscription) -> HttpResponse:
        context = {"subscription": subscription, "manage_url": managing(subscription.subscriber)}
        return render(request, "subscribing/confirm.html", context)


@method_decorator((never_cache, csrf_exempt), name="dispatch")
class End(View):
    """Where mails lead that somebody has had enough of: of one subscription, one kind, one prediction, or of all.

    The POST is also what mail programs send by themselves (RFC 8058), without cookies or a page
    seen before: the signed link alone is the authority.
    """

    def get(self, request: HttpRequest, signed: str, what: str, value: str = "") -> HttpResponse:
        reader = reader_of(signed, Purpose.END)
        ended = _what_ends(reader, what, value) if reader else ""
        if reader is None or not ended:
            return no_such_link(request)
        over = _is_over(reader, what, value)
        return self._page(
            request, reader, ended, "subscribing/ended.html" if over else "subscribing/end.html"
        )

    def post(self, request: HttpRequest, signed: str, what: str, value: str = "") -> HttpResponse:
        reader = reader_of(signed, Purpose.END)
        ended = _what_ends(reader, what, value) if reader else ""
        if reader is None or not ended:
            return no_such_link(request)
        _end(reader, what, value, datetime.now(UTC))
        return self._page(request, reader, ended, "subscribing/ended.html")

    def _page(self, request: HttpRequest, reader: Subscriber, ended: str, template: str) -> HttpResponse:
        context = {
            "ended": ended,
            "path": request.get_full_path(),
            "is_all": request.resolver_match is not None
            and request.resolver_match.kwargs["what"] == Ending.ALL,
            "token": token(reader, Purpose.END),
            "others": list(reader.subscriptions.live().with_subject().order_by("pk")),
        }
        return render(request, template, context)


def _what_ends(reader: Subscriber, what: str, value: str) -> str:
    """What a link ends, in words; empty if there is no such thing."""
    match what:
        case Ending.ALL:
            return _("all mail to you")
        case Ending.SUBSCRIPTION if value.isdigit():
            subscription = reader.subscriptions.with_subject().filter(pk=value).first()
            return _("mail about %(subject)s") % {"subject": subscription.subject} if subscription else ""
        case Ending.KIND if value in KINDS:
            return _("mail of this kind: %(kind)s") % {"kind": KINDS[value].name}
        case Ending.PREDICTION:
            prediction = find("prediction", value)
            return (
                _("mail about this prediction: %(prediction)s") % {"prediction": prediction}
                if prediction
                else ""
            )
        case _:
            return ""


def _is_over(reader: Subscriber, what: str, value: str) -> bool:
    """Whether what a link ends, one that ``_what_ends`` knows, has ended already."""
    match what:
        case Ending.SUBSCRIPTION:
            subscription = reader.subscriptions.get(pk=value)
            return not subscription.is_live and subscription.asked_at is None
        case Ending.KIND:
            return value in reader.unwanted
        case Ending.PREDICTION:
            return reader.silenced.filter(pk=value).exists()
        case _:
            live = reader.subscriptions.filter(ended_at=None).exists()
            return not live and (not reader.user_id or set(reader.unwanted) >= TO_ACCOUNTS)


def _end(reader: Subscriber, what: str, value: str, at: datetime) -> None:
    match what:
        case Ending.SUBSCRIPTION:
            subscriptions.end(reader.subscriptions.get(pk=value), at=at)
        case Ending.KIND:
            subscriptions.unwant(reader, value)
        case Ending.PREDICTION:
            subscriptions.silence(reader, Prediction.objects.get(pk=value))
        case _:
            subscriptions.end_all(reader, at=at)


def no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "subscribing/no_such_link.html", status=404)
