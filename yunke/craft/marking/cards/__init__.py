"""Cards that a class turns to answer: printed, held up, read from a picture of the room.

Each card is a square mark (ArUco) with a letter along each of its edges; the letter that is up is
the answer. Out of a picture come numbers and letters; no face, no name and no pixel is kept.
"""

from yunke.craft.marking.cards.drawing import CardOf, cards_pdf
from yunke.craft.marking.cards.reading import LETTERS, MOST_CARDS, Seen, cards_in

__all__ = ["LETTERS", "MOST_CARDS", "CardOf", "Seen", "cards_in", "cards_pdf"]
