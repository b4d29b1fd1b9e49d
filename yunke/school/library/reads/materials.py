"""What belongs to lessons, in a line each."""

from collections import defaultdict
from collections.abc import Iterable

from yunke.school.library.models import Asset
from yunke.school.library.values import AssetKind

ORDER = {AssetKind.VIDEO: 0, AssetKind.COURSEWARE: 1, AssetKind.CAPTIONS: 2}
Line = tuple[str, str, int]


def materials_of(lesson_ids: Iterable[int]) -> dict[int, tuple[Line, ...]]:
    """``(kind, title, amount)`` of each ready file: seconds of a video, pages of a courseware;
    captions have their language as title. One query.
    """
    rows = Asset.objects.filter(
        lesson_id__in=set(lesson_ids), state=Asset.State.READY, shown=True
    ).order_by("id")  # fmt: skip
    found: dict[int, list[Line]] = defaultdict(list)
    for asset in sorted(rows, key=lambda asset: ORDER[AssetKind(asset.kind)]):
        found[asset.lesson_id].append(_line(asset))
    return {lesson: tuple(lines) for lesson, lines in found.items()}


def _line(asset: Asset) -> Line:
    if asset.kind == AssetKind.CAPTIONS:
        return asset.kind, asset.language, 0
    amount = asset.pages or round(asset.seconds)
    return asset.kind, asset.title, amount
