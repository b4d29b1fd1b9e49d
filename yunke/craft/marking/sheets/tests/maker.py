"""A template for the tests: a page of choices, several choices, a number and a written answer."""

import json
from typing import Any

from yunke.craft.marking.sheets.parsing import template_from
from yunke.craft.marking.sheets.template import Template


def told(**more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "exam": "M3-2026",
        "title": "三年级数学 期末",
        "paper": [210, 297],
        "bubble": [5.0, 3.6],
        "marker": {"size": 10, "inset": 8},
        "code": {"at": [158, 8], "size": 24},
        "pages": [
            {
                "fields": [
                    {"kind": "choice", "items": ["1..10"], "at": [30, 50], "step": [8.5, 7]},
                    {"kind": "choice", "items": ["11..20"], "at": [85, 50], "step": [8.5, 7]},
                    {
                        "kind": "choice",
                        "items": ["21..26"],
                        "options": "ABCDE",
                        "at": [140, 50],
                        "step": [8.5, 7],
                        "multiple": True,
                    },
                    {"kind": "digits", "item": "27", "columns": 3, "at": [35, 150]},
                    {"kind": "digits", "item": "28", "columns": 4, "at": [85, 150]},
                    {
                        "kind": "writing",
                        "item": "29",
                        "at": [25, 215],
                        "size": [160, 55],
                        "lines": 6,
                    },
                    {"kind": "text", "at": [25, 42], "text": "一、选择题", "size": 11},
                ]
            }
        ],
    }
    return {**values, **more}


def template(**more: Any) -> Template:
    return template_from(json.dumps(told(**more)))
