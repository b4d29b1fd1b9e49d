"""Foreign keys point down: the import contracts cannot see a key that is named by a string."""

from django.apps import apps

from yunke.checks.house.tree import contracts, layer_names


def floor_of() -> dict[str, tuple[int, int]]:
    """App label → (wing height, room height), read from the contracts themselves."""
    wings = next(c["layers"] for c in contracts() if c["id"] == "wings")
    heights = {w: -i for i, line in enumerate(wings) for w in layer_names(line)}
    found = {name: (height, 0) for name, height in heights.items()}
    for contract in contracts():
        if not contract["id"].startswith("rooms-"):
            continue
        wing = contract["containers"][0].split(".")[-1]
        for i, line in enumerate(contract["layers"]):
            for room in layer_names(line):
                found[room] = (heights[wing], -i)
    return found


def faults() -> list[str]:
    floor = floor_of()
    return [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and (here := model._meta.app_label) != (there := field.related_model._meta.app_label)
        and not floor[there] < floor[here]
    ]
