"""Heart rate out of a wristband's FIT file, with what it cannot tell: gaps and doubtful values.

In: the path of a file. Out: a ``Series``, or ``NoPulse`` with its reason. Nothing about feelings:
a heart rate is a heart rate. ``python -m yunke.craft.pulse FILE`` prints the series as JSON, for a
child process on a short leash.
"""

from yunke.craft.pulse.series import NoPulse, Reason, Sample, Series, series_of

__all__ = ["NoPulse", "Reason", "Sample", "Series", "series_of"]
