"""Every case and where it lives."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """``load``: "" for what every push runs, "S" for the size of a school."""

    load: str = ""
    engine: str = "sqlite"


Case = Callable[[Options], dict[str, Any]]


def in_parts(parts: dict[str, Case], options: Options) -> dict[str, Any]:
    """A case of several parts: it passes when each of them does."""
    told = {name: part(options) for name, part in parts.items()}
    return {
        "pass": all(one["pass"] for one in told.values()),
        "figures": {name: one["figures"] for name, one in told.items()},
    }


# number → module : function
CASES: dict[str, str] = {
    "A-01": "a_matrix:a_01",
    "A-02": "a_fields:a_02",
    "A-03": "a_swap:a_03",
    "A-04": "a_mass:a_04",
    "A-06": "a_life:a_06",
    "A-08": "a_media:a_08",
    "A-09": "a_marks:a_09",
    "A-10": "a_cache:a_10",
    "A-11": "a_access:a_11",
    "A-13": "a_access:a_13",
    "A-20": "a_midnight:a_20",
    "A-23": "a_matrix:a_23",
    "B-01": "b_kill:b_01",
    "B-08": "b_writes:b_08",
    "B-09": "b_attempts:b_09",
    "B-17": "b_config:b_17",
    "C-01": "c_paper:c_01",
    "K-01": "k_keep:k_01",
    "K-02": "k_drill:k_02",
    "K-05": "k_drill:k_05",
    "K-09": "k_keep:k_09",
    "L-01": "l_load:l_01",
    "L-03": "l_attempts:l_03",
    "L-04": "l_attempts:l_04",
    "L-05": "l_attempts:l_05",
    "L-06": "l_attempts:l_06",
    "P-01": "p_profile:p_01",
    "U-01": "u_uploads:u_01",
    "U-02": "u_rosters:u_02",
    "U-03": "u_uploads:u_03",
    "U-04": "u_photos:u_04",
    "U-09": "u_photos:u_09",
    "U-10": "u_rosters:u_10",
    "U-11": "u_rosters:u_11",
    "U-12": "u_rosters:u_12",
    "U-13": "u_rosters:u_13",
    "U-14": "u_rosters:u_14",
    "V-02": "v_consent:v_02",
    "V-09": "v_crowd:v_09",
    "V-10": "v_crowd:v_10",
    "X-01": "x_attempts:x_01",
    "X-02": "x_attempts:x_02",
    "X-03": "x_attempts_line:x_03",
    "X-04": "x_attempts_line:x_04",
    "X-05": "x_attempts:x_05",
    "X-06": "x_attempts:x_06",
    "X-07": "x_attempts:x_07",
    "X-12": "x_attempts_marks:x_12",
    "X-09": "x_exams:x_09",
    "X-08": "x_deadlines:x_08",
    "X-10": "x_exams_secrets:x_10",
    "X-11": "x_exams_secrets:x_11",
    "X-14": "x_exams:x_14",
    "G-01": "g_audit:g_01",
    "G-02": "g_audit:g_02",
    "G-03": "g_audit:g_03",
    "A-18": "a_looks:a_18",
    "A-22": "a_looks:a_22",
    "V-06": "v_privacy:v_06",
    "V-07": "v_privacy:v_07",
    "V-08": "v_privacy:v_08",
    "V-13": "v_logs:v_13",
}


def case_of(number: str) -> Case:
    """Raises KeyError for an unknown number, ImportError or AttributeError for a missing case."""
    module, _, name = CASES[number].partition(":")
    found: Case = getattr(importlib.import_module(f"yunke.checks.accept.{module}"), name)
    return found
