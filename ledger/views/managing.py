"""The page on which a reader sees and changes what they get. The signed link in every mail leads there."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ledger.models import Subscriber
from ledger.post import accounts, subscriptions
from ledger.post.accounts import MAY, may_hear
from ledger.post.kinds import KINDS, TO_ACCOUNTS
from ledger.post.links import Ending, Purpose, ending, managing, reader_of
from ledger.rhythm import Rhythm
from ledger.views.language import there
from ledger.views.subscribing import no_such_link


class ChoiceForm(forms.Form):
    """How often, when, and of which kinds."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect(attrs={"class": "choice"}),
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("If in one mail, at"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("On the clock of"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such time zone. Choose one from the list.")
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"), required=False, choices=settings.LANGUAGES
    )
    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("What to tell me of"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choice"}),
    )

    def __init__(self, reader: Subscriber, given: QueryDict | None = None) -> None:
        self.offered = kinds_for(reader)
        self.not_offered = [kind for kind in reader.unwanted if kind not in self.offered]
        initial = {
            "rhythm": reader.rhythm,
            "hour": reader.hour,
            "time_zone": reader.time_zone,
            "language": reader.language,
            "wanted": [kind for kind in self.offered if kind not in reader.unwanted],
        }
        super().__init__(given, label_suffix="", initial=initial)
        zones = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]
        self._choices(
            "time_zone", [("", _("%(zone)s, as this ledger") % {"zone": settings.TIME_ZONE}), *zones]
        )
        self._choices("wanted", [(kind, str(KINDS[kind].name)) for kind in self.offered])

    @property
    def unwanted(self) -> list[str]:
        return [
            *self.not_offered,
            *(kind for kind in self.offered if kind not in self.cleaned_data["wanted"]),
        ]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices


def kinds_for(reader: Subscriber) -> list[str]:
    """The kinds of mail that ``reader`` can get: an account what it may act on, a subscriber what becomes of things."""
    if reader.user:
        return [kind for kind in MAY if may_hear(reader.user, kind)]
    return [kind for kind in KINDS if kind not in TO_ACCOUNTS]


@method_decorator(never_cache, name="dispatch")
class Manage(View):
    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        reader = reader_of(signed, Purpose.MANAGE)
        if reader is None:
            return no_such_link(request)
        saved = "saved" in request.GET
        return self._page(request, reader, signed, ChoiceForm(reader), saved=saved)

    def post(self, request: HttpRequest, signed: str) -> HttpResponse:
        reader = reader_of(signed, Purpose.MANAGE)
        if reader is None:
            return no_such_link(request)
        form = ChoiceForm(reader, request.POST)
        if not form.is_valid():
            return self._page(request, reader, signed, form, status=422)
        given = form.cleaned_data
        subscriptions.choose(
            reader,
            rhythm=Rhythm(given["rhythm"]),
            hour=given["hour"],
            time_zone=given["time_zone"],
            unwanted=form.unwanted,
            language=given["language"],
        )
        asked = request.GET.copy()  # it may say in which language the page is
        asked["saved"] = ""
        return redirect(f"{request.path}?{asked.urlencode()}")

    def _page(
        self,
        request: HttpRequest,
        reader: Subscriber,
        signed: str,
        form: ChoiceForm,
        *,
        saved: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        live = reader.subscriptions.live().with_subject().order_by("pk")
        followed = [(row, ending(reader, Ending.SUBSCRIPTION, row.pk)) for row in live]
        context = {
            "reader": reader,
            "signed": signed,
            "form": form,
            "saved": saved,
            "followed": followed,
            "silenced": list(reader.silenced.all()),
            "end_all_url": ending(reader, Ending.ALL),
        }
        return render(request, "subscribing/manage.html", context, status=status)


@never_cache
@require_safe
def export(request: HttpRequest, signed: str) -> HttpResponse:
    """All that is kept of a reader, as a file."""
    reader = reader_of(signed, Purpose.MANAGE)
    if reader is None:
        return no_such_link(request)
    headers = {"Content-Disposition": 'attachment; filename="hindsight-mail.json"'}
    return JsonResponse(subscriptions.kept_of(reader), headers=headers, json_dumps_params={"indent": 2})


@never_cache
@require_POST
def hear_again(request: HttpRequest, signed: str) -> HttpResponse:
    """Take back that predictions were not to be written about."""
    reader = reader_of(signed, Purpose.MANAGE)
    if reader is None:
        return no_such_link(request)
    reader.silenced.clear()
    return there(request, "manage", signed)


@method_decorator(never_cache, name="dispatch")
class Erase(View):
    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        reader = reader_of(signed, Purpose.MANAGE)
        if reader is None:
            return no_such_link(request)
        return render(request, "subscribing/erase.html", {"reader": reader, "signed": signed})

    def post(self, request: HttpRequest, signed: str) -> HttpResponse:
        reader = reader_of(signed, Purpose.MANAGE)
        if reader is None:
            return no_such_link(request)
        subscriptions.erase(reader)
        return render(request, "subscribing/erased.html", {"reader": reader})


@never_cache
@require_safe
@login_required(login_url="admin:login")
def own(request: HttpRequest) -> HttpResponse:
    """The page of the account that is logged in."""
    accounts.give_mailboxes(datetime.now(UTC))
    reader = Subscriber.objects.filter(user=request.user.pk).first()
    if reader is None:
        raise Http404(
            "Only accounts that may give verdicts or answer corrections, and have an address, are written to."
        )
    return redirect(managing(reader))
