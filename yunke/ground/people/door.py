"""What other rooms may ask of people."""

from yunke.ground.people.actions import session_close, session_open
from yunke.ground.people.reads import (
    city_id,
    class_by_id,
    class_pupils,
    places_of,
    who_of,
)
from yunke.ground.people.rules.rights import RIGHTS, allowed, holds
from yunke.ground.people.values import ClassName, Grant, Kind, PersonName, Place, Role, Scope, Who

__all__ = [
    "RIGHTS",
    "ClassName",
    "Grant",
    "Kind",
    "PersonName",
    "Place",
    "Role",
    "Scope",
    "Who",
    "allowed",
    "city_id",
    "class_by_id",
    "class_pupils",
    "holds",
    "places_of",
    "session_close",
    "session_open",
    "who_of",
]
