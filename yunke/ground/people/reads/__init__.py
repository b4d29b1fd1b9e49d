"""Questions about people, each answered with values. Split by what is asked about."""

from yunke.ground.people.reads.classes import school_classes
from yunke.ground.people.reads.demo import DemoAccount, demo_accounts
from yunke.ground.people.reads.who import (
    city_id,
    class_by_id,
    class_name,
    class_place,
    class_pupils,
    org_place,
    places_of,
    token_hash,
    who_is,
    who_of,
)

__all__ = [
    "DemoAccount",
    "city_id",
    "class_by_id",
    "class_name",
    "class_place",
    "class_pupils",
    "demo_accounts",
    "org_place",
    "places_of",
    "school_classes",
    "token_hash",
    "who_is",
    "who_of",
]
