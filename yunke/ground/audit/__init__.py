"""Who did what, append-only, each line chained to the one before by its hash.

In: ``audit_record`` inside the transaction of a consequential act; an act whose line cannot be
written is rolled back. Kept: the fact (who, what, about whom, when, why), never the content. Out:
who looked at a child, what was decided and by whom, a verdict on the chain.
Words: an *entry* is one line of the chain; the *head* is its newest hash; a *checkpoint* is a head
signed and kept in a second place; a *second person* agrees before something large happens.
"""
