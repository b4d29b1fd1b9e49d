from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yunke.site"
    label = "site"

    def ready(self) -> None:
        # The screen lies beside the doing rooms and knows neither; the site tells it their morning.
        from yunke.insight.screen.door import mornings_from  # noqa: PLC0415
        from yunke.site.morning import morning  # noqa: PLC0415

        mornings_from(morning)
