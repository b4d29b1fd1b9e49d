"""Cards printed, held up and read from a picture of a room."""

import io
import time

import cv2
import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from yunke.craft.marking.cards import LETTERS, MOST_CARDS, CardOf, cards_in, cards_pdf
from yunke.craft.marking.cards.reading import cards_of
from yunke.craft.marking.sheets import BadPicture

TITLE, HINT = "一年级1班", "把你的答案那一边朝上"


def printed(numbers: list[int]) -> list[np.ndarray]:
    """Each card as printed, brightness (h, w)."""
    pdf = cards_pdf(TITLE, HINT, [CardOf(n, f"学生{n}") for n in numbers])
    found = []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        for page in document:
            pixels = page.render(scale=1.2, grayscale=True).to_numpy().squeeze()
            half = pixels.shape[0] // 2
            found += [pixels[:half], pixels[half : 2 * half]]
    return [np.ascontiguousarray(one) for one in found[: len(numbers)]]


def turned(card: np.ndarray, letter: str, extra: float = 0.0) -> NDArray[np.uint8]:
    """The card with this letter up, and a little aslant."""
    side = int(np.hypot(*card.shape)) + 4
    room = np.full((side, side), 255, np.uint8)
    top, left = (side - card.shape[0]) // 2, (side - card.shape[1]) // 2
    room[top : top + card.shape[0], left : left + card.shape[1]] = card
    way = cv2.getRotationMatrix2D((side / 2, side / 2), 90 * LETTERS.index(letter) + extra, 1)
    return np.asarray(cv2.warpAffine(room, way, (side, side), borderValue=255), np.uint8)


def room_of(
    held: dict[int, str], *, side: int = 150, seed: int = 0, extra: float = 9.0
) -> NDArray[np.uint8]:
    """A class: cards in rows, each a little aslant, over a busy dim picture with noise."""
    rng = np.random.default_rng(seed)
    cards = printed(list(held))
    columns = 8
    rows = -(-len(held) // columns)
    picture = rng.integers(60, 150, (rows * (side + 20), columns * (side + 20))).astype(np.uint8)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 6), np.uint8)
    for place, (card, letter) in enumerate(zip(cards, held.values(), strict=True)):
        one = turned(card, letter, float(rng.uniform(-extra, extra)))
        one = np.asarray(cv2.resize(one, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
        y, x = (place // columns) * (side + 20) + 10, (place % columns) * (side + 20) + 10
        picture[y : y + side, x : x + side] = one
    noisy = picture * 0.8 + rng.normal(0, 6, picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def jpeg(pixels: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def told(pixels: np.ndarray) -> dict[int, str]:
    return {one.number: one.letter for one in cards_in(jpeg(pixels))}


@pytest.mark.parametrize("letter", LETTERS)
def test_the_letter_that_is_up_is_the_answer(letter: str) -> None:
    assert told(turned(printed([7])[0], letter)) == {7: letter}


def test_a_whole_class_is_read_from_one_picture() -> None:
    held = {n: LETTERS[n % 4] for n in range(40)}
    assert told(room_of(held)) == held


def test_a_picture_of_a_class_takes_a_fraction_of_a_second() -> None:
    picture = jpeg(room_of({n: "A" for n in range(40)}))
    began = time.process_time()
    cards_in(picture)
    assert time.process_time() - began < 1.0


def test_nothing_wrong_is_ever_read_however_small_the_cards() -> None:
    held = {n: LETTERS[(n * 3) % 4] for n in range(24)}
    for side in (40, 60, 90):
        seen = told(room_of(held, side=side, seed=side))
        assert seen.items() <= held.items(), side


def test_a_card_half_way_between_two_letters_says_nothing() -> None:
    assert told(turned(printed([3])[0], "A", 45)) == {}


def test_the_same_number_twice_counts_for_nobody() -> None:
    one = turned(printed([5])[0], "A")
    two = turned(printed([5])[0], "B")
    assert told(np.hstack([one, two])) == {}


def test_a_room_without_cards_is_empty() -> None:
    rng = np.random.default_rng(1)
    plain = rng.integers(0, 255, (900, 1200)).astype(np.uint8)
    noise = np.asarray(cv2.GaussianBlur(plain, (0, 0), 3), np.uint8)
    assert cards_of(noise) == ()
    assert cards_of(np.full((600, 800), 255, np.uint8)) == ()


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(BadPicture):
        cards_in(b"not a picture at all")


def test_a_number_without_a_mark_is_not_printed() -> None:
    with pytest.raises(ValueError, match="numbers"):
        cards_pdf(TITLE, HINT, [CardOf(MOST_CARDS)])


def test_two_cards_stand_on_a_page() -> None:
    pdf = cards_pdf(TITLE, HINT, [CardOf(n) for n in range(5)])
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        assert len(document) == 3
