"""Who took part, told by the lake: school, county, city, never a child; and what 8:00 needs.

In: the exact sums of a finished day (``ground/lake``), by the roster of its week. Kept: *figures*,
released once per unit and day and never changed: counts of people as bands, sums rounded, small
groups hidden (``craft/crowd``). Out: pages, a wall, exports; all read the same figures, and longer
*spans* are sums of days, so that no two looks differ by a person. Besides: what this machine
*measured* itself to bear, held against what the roster and the timetable expect at eight.
"""
