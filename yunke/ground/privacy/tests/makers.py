"""A canary in every personal column of every table: a row is made for each, whatever it needs."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import NOT_PROVIDED, Field, ForeignKey, Model

from yunke.base.clock import now, today
from yunke.base.held import Held
from yunke.ground.people.models import Person
from yunke.ground.privacy.reads.map import PERSON, columns, personal

# What the house itself writes about a person, and reads again.
HOUSE = (PERSON, "audit.Entry", "audit.Look", "privacy.Erased")
TEXTS = ("CharField", "TextField")
NUMBERS = (
    "BigIntegerField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
    "PositiveBigIntegerField", "SmallIntegerField", "FloatField", "DecimalField",
)  # fmt: skip
MADE: dict[str, Callable[[], Any]] = {
    "BinaryField": lambda: b"canary-bytes",
    "DateTimeField": now,
    # Not of today: a roll-up of today's own acts may be there already.
    "DateField": lambda: today() - timedelta(days=3),
    "TimeField": lambda: now().time(),
    "UUIDField": uuid.uuid4,
    "BooleanField": lambda: False,
}
_numbers = itertools.count(7_331)


@dataclass
class Nest:
    """Rows with canaries about ``person``; ``other`` stands where somebody else has to."""

    person: Person
    other: Person
    # table → column → what was put there
    laid: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    _made: dict[str, Model] = field(default_factory=dict)

    def lay(self) -> "Nest":
        """A row in each personal table, but those that the house itself writes."""
        for model, _held in personal():
            label = model._meta.label
            if label in HOUSE:
                continue
            self._target(model)
        return self

    def _row(self, model: type[Model], held: Held) -> dict[str, Any]:
        values: dict[str, Any] = {}
        ways = [path for path in held.person if "__" in path]
        for one in columns(model):
            if one.primary_key:
                if not one.get_internal_type().endswith("AutoField"):
                    values[one.attname] = self._number(one)
                continue
            values[one.attname] = self._value(model, held, one, ways)
        made = model._base_manager.model(**values)
        model.save_base(made, raw=True, force_insert=True)
        return {**values, "pk": made.pk}

    def _value(
        self, model: type[Model], held: Held, one: "Field[Any, Any]", ways: list[str]
    ) -> Any:
        if one.attname in held.person:
            return self.person.id
        if isinstance(one, ForeignKey):
            return self._pointed(one, ways)
        if one.attname in held.others:
            return self.other.id
        if one.attname == "made_at":
            return now()
        return self._plain(model, one)

    def _pointed(self, one: "ForeignKey[Any, Any]", ways: list[str]) -> Any:
        target = one.related_model
        if target._meta.label == PERSON:
            return self.other.id
        leads = [way.split("__", 1)[1] for way in ways if way.split("__")[0] == one.name]
        if leads or not one.null:
            return self._target(target).pk
        return None

    def _target(self, target: type[Model]) -> Model:
        """A row of the table: made once, about the person where the table is about people."""
        label = target._meta.label
        if label not in self._made:
            held = target.__dict__["held"]
            row = self._row(target, held)
            if held.person:
                self.laid[label] = row
            self._made[label] = target._base_manager.get(pk=row["pk"])
        return self._made[label]

    def _plain(self, model: type[Model], one: "Field[Any, Any]") -> Any:
        kind = one.get_internal_type()
        if kind in TEXTS:
            return self._text(model, one)
        if kind in NUMBERS:
            return self._number(one)
        if kind == "JSONField" and one.default is list:
            return [next(_numbers)]
        if kind == "JSONField":
            return {"canary": f"canary-{model._meta.label}-{one.attname}"}
        if kind in MADE:
            return MADE[kind]()
        return one.get_default() if one.default is not NOT_PROVIDED else None

    def _text(self, model: type[Model], one: "Field[Any, Any]") -> str:
        if one.choices:
            return str(one.choices[0][0])
        mark = f"canary{next(_numbers)}"
        longest = one.max_length or 200
        return mark if longest >= len(mark) else mark[-longest:]

    @staticmethod
    def _number(one: "Field[Any, Any]") -> int:
        small = one.get_internal_type() in ("PositiveSmallIntegerField", "SmallIntegerField")
        return next(_numbers) % 30_000 if small else next(_numbers)
