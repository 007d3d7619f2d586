"""What a rule is, what it is given and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.beside import Beside
from notalone.scenario.core.compile import MAX_STATES, compile_scenario
from notalone.scenario.core.graph import distances_to
from notalone.scenario.core.model import Context, Scenario
from notalone.scenario.core.plan import Followed
from notalone.scenario.core.story import START, steps, tell


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold: where, why in one sentence, and the shortest play that shows it.

    ``path`` is never empty and ends with the offending step; ``story`` tells the same play line by line and
    is empty where no play can show it. A ``warning`` is told but does not fail the check.
    """

    rule: str
    file: str
    line: int
    message: str
    path: tuple[str, ...] = (START,)
    story: tuple[str, ...] = ()
    near: str | None = None
    column: int = 0
    warning: bool = False

    @property
    def said(self) -> str:
        """Return the sentence, with the nearest right name where there is one."""
        return f"{self.message} Did you mean “{self.near}”?" if self.near else self.message

    @property
    def place(self) -> str:
        """Return the place as ``file:line`` or ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Subject:
    """What rules judge: the scenario and what lies beside it, its automaton, the festival, the languages asked for."""

    scenario: Scenario
    automaton: Automaton
    context: Context | None = None
    langs: tuple[str, ...] = ()
    max_states: int = MAX_STATES
    beside: Beside = field(default_factory=Beside)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the festival's languages and those asked for, each once."""
        festival = self.context.languages if self.context else ()
        return tuple(dict.fromkeys((*festival, *self.langs)))

    @cached_property
    def to_ending(self) -> Ints:
        """Return each state's fewest choices to an ending, timeouts unused; -1 where none is reached."""
        return distances_to(self.automaton, self.automaton.ends, self.automaton.chosen)

    def following(self, followed: Followed) -> Automaton:
        """Return the automaton that also keeps what is followed; the scenario's own where that is nothing.

        Raises:
            TooManyStates: it has more states than are allowed.
        """
        if not followed.variables and not followed.flags:
            return self.automaton
        return compile_scenario(self.scenario, self.max_states, followed)

    def static(self, rule: str, line: int, message: str) -> Violation:
        """Return a violation that no play shows."""
        return Violation(rule, self.scenario.file, line, message)

    def played(self, rule: str, line: int, message: str, edges: Sequence[int]) -> Violation:
        """Return a violation that a play shows, given by its edges."""
        path, story = steps(self.automaton, edges), tell(self.automaton, edges)
        return Violation(rule, self.scenario.file, line, message, path, story)

    def at(self, rule: str, line: int, message: str, state: int) -> Violation:
        """Return a violation that the shortest play to a state shows."""
        return self.played(rule, line, message, self.automaton.play_to(state))


def _always(context: Context | None) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name in SCENARIO's list.

    All that a rule with ``warning`` finds are warnings. ``asks`` says whether the rule can be checked at all with
    what is known; where it cannot, it is reported as not checked.
    """

    name: str
    check: Callable[[Subject], Iterable[Violation]]
    warning: bool = False
    asks: Callable[[Context | None], bool] = _always
