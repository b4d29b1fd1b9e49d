"""What an item holds that the editor does not show: an edit leaves it as it was."""

from dataclasses import replace

from yunke.craft.marking import items as m


def kept_from(old: m.Item, new: m.Item) -> m.Item:
    """The new item with the unseen parts of the old one, where both have them."""
    if isinstance(old.key, m.BlanksKey) and isinstance(new.key, m.BlanksKey):
        before = {blank.id: blank for blank in old.key.blanks}
        blanks = tuple(
            _blank(before[one.id], one) if one.id in before else one for one in new.key.blanks
        )
        return replace(new, key=replace(new.key, blanks=blanks))
    if isinstance(old.key, m.NumberKey) and isinstance(new.key, m.NumberKey):
        return replace(new, key=replace(new.key, kept=old.key.kept))
    if isinstance(old.key, m.FormulaKey) and isinstance(new.key, m.FormulaKey):
        return replace(new, key=replace(new.key, kept=old.key.kept))
    return new


def _blank(old: m.Blank, new: m.Blank) -> m.Blank:
    text, formula = new.text, new.formula
    if old.text and text:
        text = replace(text, case_matters=old.text.case_matters)
    if old.formula and formula:
        formula = replace(formula, shape=old.formula.shape, kept=old.formula.kept)
    number = _number(old.number, new.number)
    return replace(new, weight=old.weight, number=number, text=text, formula=formula)


def _number(old: m.NumberKey | None, new: m.NumberKey | None) -> m.NumberKey | None:
    """Of a blank the editor shows value and unit; the rest stays."""
    if old is None or new is None:
        return new
    return replace(
        new, tolerance=old.tolerance, unit_rule=old.unit_rule, form=old.form, places=old.places,
        kept=old.kept, expression=old.expression if old.value == new.value else "",
    )  # fmt: skip
