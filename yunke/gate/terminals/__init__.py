"""Devices other than a browser with a keyboard: the TV page, XMLTV, M3U and calendar feeds.

In: a TV's keys and a feed's request. Kept: nothing of its own. Out: the ten-foot page and feeds.
"""
