"""A lesson's way from its teacher through county and city to everybody's catalogue.

In: a lesson as it is in the work, handed in by its author. Kept: each hand-in with the sealed
version that reviewers read, every move with its reason, the checklist's answers. Out: how far the
lesson is shown (the library keeps it), who waits for what, a county's own words over the city's
page, who uses a lesson, invitations to record.

Words: a *submission* is one lesson's way, a *round* one hand-in of it, a *move* one step of the
state machine (``rules.WAYS``); a *seat* is where somebody reviews; to *claim* is to take it upon
oneself.
"""
