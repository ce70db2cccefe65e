"""What has become of entries, and the post office: to look at, never to edit."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator

from ledger.models import Delivery, Event, Evidence, Mail, Resolution, Subscription
from predictions.admin.base import RecordAdmin


@admin.register(Resolution)
class ResolutionAdmin(RecordAdmin[Resolution]):
    list_display = ("prediction", "happened", "when", "looked_until", "made_at", "made_by")
    list_filter = ("happened",)
    list_select_related = ("prediction", "made_by")
    search_fields = ("prediction__claim", "note")
    ordering = ("-pk",)

    @admin.display(description="when")
    def when(self, verdict: Resolution) -> str:
        return verdict.when_in_words or "no day"


@admin.register(Event)
class EventAdmin(RecordAdmin[Event]):
    list_display = ("happened_at", "kind", "prediction", "recorded_at", "made_by")
    list_filter = ("kind",)
    list_select_related = ("prediction", "made_by")
    search_fields = ("prediction__claim", "reason")
    ordering = ("-happened_at", "-pk")


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin[Evidence]):
    list_display = ("address", "bearing", "kind", "dated", "prediction", "added_at")
    list_filter = ("bearing", "kind")
    list_select_related = ("prediction",)
    search_fields = ("url", "quotation", "prediction__claim")
    ordering = ("-pk",)

    @admin.display(ordering="url")
    def address(self, piece: Evidence) -> str:
        return Truncator(piece.url).chars(60)


@admin.register(Subscription)
class SubscriptionAdmin(RecordAdmin[Subscription]):
    """Who wants to hear of what. Whose mailbox it is, only superusers see."""

    list_select_related = (
        "subscriber__user",
        "subscriber__channel",
        "speaker",
        "topic",
        "source",
        "prediction",
    )
    ordering = ("-pk",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (self._reader(request), "subject", "created_at", "confirmed_at", "ended_at")

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> tuple[str, ...]:
        return (self._reader(request), "subject", "created_at", "confirmed_at", "ended_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Subscription | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj)

    def _reader(self, request: HttpRequest) -> str:
        return "address" if request.user.is_superuser else "subscriber"

    @admin.display(ordering="subscriber__email")
    def address(self, subscription: Subscription) -> str:
        reader = subscription.subscriber
        return reader.address or str(reader.channel or "")


@admin.register(Delivery)
class DeliveryAdmin(RecordAdmin[Delivery]):
    """What was owed, and in which mail it went."""

    list_display = ("kind", "about", "owed_at", "sent_at", "dropped_because")
    list_filter = ("kind", "dropped_because")
    list_select_related = ("event__prediction", "subscription", "mail")
    ordering = ("-pk",)

    @admin.display
    def about(self, delivery: Delivery) -> str:
        return str(delivery.event.prediction if delivery.event else delivery.subscription)

    @admin.display
    def sent_at(self, delivery: Delivery) -> datetime | None:
        return delivery.mail.sent_at if delivery.mail else None


@admin.register(Mail)
class MailAdmin(RecordAdmin[Mail]):
    """What was handed over, and what the mail server said."""

    list_display = ("key", "made_at", "sent_at", "held_until", "failures", "last_error", "dropped_because")
    list_filter = ("dropped_because", "last_error")
    ordering = ("-pk",)
