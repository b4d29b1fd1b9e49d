from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "yunke.school.review"
    label = "review"

    def ready(self) -> None:
        # The library lies below and decides who may have a file; only this room knows who reviews
        # it now. The doors need the models, which are there only now.
        from yunke.school.library.door import media_also_from  # noqa: PLC0415
        from yunke.school.review.reads.one import review_may  # noqa: PLC0415

        media_also_from(review_may)
