"""The front: what every device asks all day, and what is pushed, in plain ASGI.

In: today's data, presence ticks, watch progress, notes, answers, "may this file be sent?", and the
line that a class holds open while it watches together. Kept here: nothing but caches of seconds;
writes go through the group-commit writer into the rooms' own actions. Out: JSON, event streams.

Words: an *ask* is one request, a *reply* its answer. A *seat* is a token that was looked up less
than a second ago. The *hub* fans frames out to the sockets of a topic.
"""
