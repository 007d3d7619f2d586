"""Sensitivity d′ and bias c of judging messages, by signal detection theory.

The signal is a deceptive message, and “not genuine” is the yes of the theory. So a hit is a deceptive message judged
not genuine, a false alarm a genuine message judged not genuine. Sources: Green & Swets 1966; Macmillan &
Creelman 2005; the log-linear correction is Hautus 1995 (Behavior Research Methods, Instruments, & Computers 27:46–51).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

_Z = NormalDist().inv_cdf


@dataclass(frozen=True, slots=True)
class Counts:
    """How many deceptive messages were seen through (hits) or believed (misses), and genuine ones alike."""

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int

    def __post_init__(self) -> None:
        if min(self.numbers()) < 0:
            raise ValueError("a count is at least 0")

    def numbers(self) -> tuple[int, int, int, int]:
        """Return hits, misses, false alarms and correct rejections."""
        return self.hits, self.misses, self.false_alarms, self.correct_rejections

    @property
    def signals(self) -> int:
        """How many messages were deceptive."""
        return self.hits + self.misses

    @property
    def noise(self) -> int:
        """How many messages were genuine."""
        return self.false_alarms + self.correct_rejections

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(one + two for one, two in zip(self.numbers(), other.numbers(), strict=True)))


def rates(counts: Counts) -> tuple[float, float]:
    """Return the hit rate and the false-alarm rate, both strictly between 0 and 1.

    The log-linear correction adds 0.5 to hits and false alarms and 1 to the numbers of messages, always, whether a rate
    is extreme or not (Hautus 1995).
    """
    return (counts.hits + 0.5) / (counts.signals + 1), (counts.false_alarms + 0.5) / (counts.noise + 1)


def sensitivity(counts: Counts) -> float:
    """Return d′ = z(H) − z(F): 0 is guessing, more is telling deceptive from genuine better."""
    hit, alarm = rates(counts)
    return _Z(hit) - _Z(alarm)


def bias(counts: Counts) -> float:
    """Return c = −(z(H) + z(F)) / 2.

    Below 0: inclined to say “not genuine”, that is distrust of every message. Above 0: inclined to say “genuine”.
    """
    hit, alarm = rates(counts)
    return -(_Z(hit) + _Z(alarm)) / 2


def reading(sensitivity_change: tuple[float, float], bias_change: tuple[float, float]) -> str:
    """Say in one word what changed, given the intervals (low, high) of the changes in d′ and c.

    Returns:
        ``notices`` (d′ grew, distrust did not), ``both`` (d′ grew and so did distrust), ``distrusts`` (only distrust
        grew), ``less`` (d′ fell), ``trusts`` (only trust grew) or ``open`` (the data do not say).
    """
    if sensitivity_change[1] < 0:
        return "less"
    distrusts = bias_change[1] < 0
    if sensitivity_change[0] > 0:
        return "both" if distrusts else "notices"
    if distrusts:
        return "distrusts"
    return "trusts" if bias_change[0] > 0 else "open"
