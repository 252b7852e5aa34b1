"""Teach a Whisper of 64 dimensions: its own modules, a vocabulary of the rows in use, guided attention."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  its usual name
from whisper.model import ModelDimensions, Whisper  # noqa: TID251  the model is Whisper's
from windows import Window, draw, known_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

SEED = 20261126

DIMS = {
    "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 64, "n_audio_head": 2, "n_audio_layer": 1,
    "n_vocab": 51865, "n_text_ctx": 448, "n_text_state": 64, "n_text_head": 2, "n_text_layer": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lesson:
    """One part of the training."""

    steps: int
    batch: int
    positions: int
    """How many of the encoder's 1500 positions (of 20 ms) are computed: most of a window is padding."""
    most_sayings: int
    rate: float
    """Highest learning rate."""


LESSONS = (
    Lesson(1600, 16, 320, 1, 3e-3),
    Lesson(700, 12, 760, 3, 1.5e-3),
    Lesson(160, 8, 1500, 3, 5e-4),
)


class Pupil(nn.Module):
    """A Whisper whose vocabulary is cut down to the rows in use and one that stands for all others."""

    def __init__(self) -> None:
        """Make a model with random weights; encoder positions are Whisper's fixed ones."""
        super().__init__()
        self.whisper = Whisper(ModelDimensions(**DIMS))
        self.known = known_tokens()
        self.index = {token: n for n, token in enumerate(self.known)}
        self.rows = nn.Parameter(torch.randn(len(self.known) + 1, DIMS["n_text_state"]) * 0.1)
        nn.init.normal_(self.whisper.decoder.positional_embedding, std=0.02)
        # So that one shared row weighs as much in the softmax as all the rows that it stands for.
        self.others = math.log(DIMS["n_vocab"] - len(self.known))

    def encode(self, mel: Tensor) -> Tensor:
        """Return what the encoder makes of (batch, 80, frames), computed for these frames only."""
        encoder = self.whisper.encoder
        x = F.gelu(encoder.conv2(F.gelu(encoder.conv1(mel)))).permute(0, 2, 1)
        x = x + encoder.positional_embedding[: x.shape[1]]
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x)

    def decode(self, tokens: Tensor, sound: Tensor) -> tuple[Tensor, Tensor]:
        """Return scores (batch, tokens, rows) and the last layer's attention as log shares."""
        decoder = self.whisper.decoder
        x = self.rows[tokens] + decoder.positional_embedding[: tokens.shape[1]]
        for block in decoder.blocks:
            x = x + block.attn(block.attn_ln(x), mask=decoder.mask)[0]
            added, attention = _attend(block.cross_attn, block.cross_attn_ln(x), sound)
            x = x + added
            x = x + block.mlp(block.mlp_ln(x))
        scores = decoder.ln(x) @ self.rows.T
        scores = torch.cat([scores[..., :-1], scores[..., -1:] + self.others], -1)
        return scores, attention

    def state(self) -> dict[str, Tensor]:
        """Return the weights under Whisper's names, halved in precision, the vocabulary whole again."""
        state = {name: value.detach().half() for name, value in self.whisper.state_dict().items()}
        rows = self.rows.detach().half()
        table = rows[-1].repeat(DIMS["n_vocab"], 1)
        table[list(self.known)] = rows[:-1]
        return state | {"decoder.token_embedding.weight": table}


def _attend(module: nn.Module, x: Tensor, sound: Tensor) -> tuple[Tensor, Tensor]:
    """Compute Whisper's cross-attention and keep the shares, which its own code does not give out."""
    heads = module.n_head
    query, key, value = (
        part.view(*part.shape[:2], heads, -1).transpose(1, 2)
        for part in (module.query(x), module.key(sound), module.value(sound))
    )
    shares = ((query @ key.transpose(-1, -2)) / math.sqrt(query.shape[-1])).log_softmax(-1)
    mixed = (shares.exp() @ value).transpose(1, 2).flatten(2)
    return module.out(mixed), shares


def learn(*, lessons: tuple[Lesson, ...] = LESSONS) -> Pupil:
    """Return a trained model; the same every time on one machine."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random = np.random.default_rng(SEED)
    pupil = Pupil()
    begun = time.process_time()
    for number, lesson in enumerate(lessons):
        optimizer = torch.optim.AdamW(pupil.parameters(), lr=lesson.rate, weight_decay=0.01)
        plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, lesson.rate, lesson.steps, pct_start=0.15)
        for step, batch in enumerate(_batches(random, lesson)):
            loss, right = _loss(pupil, batch, lesson.positions)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(pupil.parameters(), 1.0)
            optimizer.step()
            plan.step()
            if step % 50 == 0:
                spent = time.process_time() - begun
                said = (
                    f"lesson {number + 1} step {step}: loss {loss:.3f}, right {right:.1%}, {spent:.0f} CPU s"
                )
                print(said, file=sys.stderr, flush=True)
    return pupil.eval()


def _batches(random: Generator, lesson: Lesson) -> Iterator[list[Window]]:
    """Yield batches of windows that fit the lesson."""
    for _ in range(lesson.steps):
        batch: list[Window] = []
        while len(batch) < lesson.batch:
            window = draw(random, most_sayings=lesson.most_sayings)
            if window.mel.shape[1] <= 2 * lesson.positions:
                batch.append(window)
        yield batch


def _loss(pupil: Pupil, batch: list[Window], positions: int) -> tuple[Tensor, float]:
    """Return how wrong the tokens and the attention are, and the share of tokens that are right."""
    mel = torch.zeros(len(batch), DIMS["n_mels"], 2 * positions)  # zeros, as pad_or_trim pads a window
    length = max(len(window.tokens) for window in batch)
    tokens = torch.full((len(batch), length), len(pupil.known))
    wanted = torch.full((len(batch), length), -100)
    guide = torch.zeros(len(batch), length, positions)
    for row, window in enumerate(batch):
        mel[row, :, : window.mel.shape[1]] = window.mel
        tokens[row, : len(window.tokens)] = torch.tensor([pupil.index[token] for token in window.tokens])
        for place, (target, time_s) in enumerate(
            zip(window.targets, window.heard, strict=True), window.first
        ):
            wanted[row, place] = pupil.index[target]
            if time_s is not None:
                left = min(positions - 1, int(time_s[0] * 50))
                right = min(positions, max(left + 1, int(time_s[1] * 50)))
                guide[row, place, left:right] = 1 / (right - left)
    scores, attention = pupil.decode(tokens, pupil.encode(mel))
    text = F.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=-100)
    guided = guide.sum(-1) > 0
    away = -(guide.unsqueeze(1) * attention).sum(-1).mean(1)[guided].mean()
    known = wanted >= 0
    right_share = (scores.argmax(-1)[known] == wanted[known]).float().mean().item()
    return text + 0.3 * away, right_share
