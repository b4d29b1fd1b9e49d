"""One person, one account: who somebody is, where they belong, what they may do.

In: rosters, sign-ins (pictures, cards, passwords, a second factor, a TV's pairing), invitations.
Kept: persons, organisations, classes, memberships, duties, guardianships, and only hashes of
cards, codes, sessions and passwords. Out: ``Who`` (a person with every grant) and ``Place``
(where a thing belongs), and ``allowed``, which holds the one against the other.

Words: an *org* is a city, county or school. A *class* belongs to a school and has a grade (1-9).
A *membership* ties a pupil or a teacher to a class. A *duty* ties staff to an org. A *guardianship*
ties a guardian to a child. All three have a first and a last day; after the last day they are gone
on the next request.
"""
