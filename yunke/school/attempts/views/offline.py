"""What a device shows without a line; it keeps this page for that."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, open_page


@require_GET
@open_page("it is kept on devices for whoever opens them, and names nobody")
def offline(request: Asked) -> HttpResponse:
    return render(request, "attempts/offline.html")
