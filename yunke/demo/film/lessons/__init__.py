"""The scripts, one file a film: data tables."""

from . import g1_sun_moon

LESSONS = tuple(module.LESSON for module in (g1_sun_moon,))
