"""Reading FIT files: Garmin, Wahoo and their kin."""

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import fitdecode

from yunke.craft.pulse.series import NoPulse, Reason, Sample, Series, series_of

MOST = 100_000  # readings; a day at one a second has 86,400


def read_fit(path: Path) -> Series:
    """The heart rate of a file. Raises NoPulse. About 0.15 s for each thousand records."""
    samples: list[Sample] = []
    device = ""
    try:
        with fitdecode.FitReader(str(path), check_crc=fitdecode.CrcCheck.RAISE) as reader:
            for frame in reader:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if frame.name == "file_id":
                    device = device or _maker(frame)
                elif frame.name == "record" and len(samples) < MOST:
                    samples += _sample(frame)
    except fitdecode.FitHeaderError:
        raise NoPulse(Reason.BROKEN if samples or device else Reason.NOT_FIT) from None
    # A damaged file makes the library fail in all these ways.
    except (fitdecode.FitError, ValueError, LookupError, ArithmeticError, TypeError, struct.error):
        raise NoPulse(Reason.BROKEN) from None
    return series_of(samples, device=device)


def _sample(frame: Any) -> list[Sample]:
    bpm, at = _value(frame, "heart_rate"), _value(frame, "timestamp")
    moment = at.timestamp() if isinstance(at, datetime) else at
    if not isinstance(bpm, int) or not isinstance(moment, int | float):
        return []
    return [Sample(float(moment), bpm)]


def _maker(frame: Any) -> str:
    names = (_value(frame, name) for name in ("manufacturer", "garmin_product"))
    return " ".join(name for name in names if isinstance(name, str))


def _value(frame: Any, name: str) -> Any:
    return frame.get_value(name) if frame.has_field(name) else None
