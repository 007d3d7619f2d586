"""Playing as a state machine: the player beside the raw oracle, step after step."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.scenario.random_scenarios import WAIT, drawn

from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.score import build
from notalone.scenario.core.step import TIMEOUT, Met, begin, choose, offered, read_score, timeout, waits


class Playing(RuleBasedStateMachine):
    """Chooses and waits at random; the oracle keeps every value and flag and compiles nothing."""

    @initialize(seed=st.integers(0, 199))
    def first(self, seed):
        self.start(seed)

    def start(self, seed):
        self.case, scenario, self.oracle = drawn(seed)
        self.score = read_score(build(compile_scenario(scenario), {}, ("en",)))
        self.play = begin(self.score)
        self.raw = self.oracle.start
        self.steps = []
        self.met = self.shown({})

    @precondition(lambda self: not offered(self.score, self.play) and waits(self.score, self.play) is None)
    @rule(seed=st.integers(0, 199))
    def play_another(self, seed):
        self.start(seed)

    def shown(self, met):
        met = dict(met)
        for index, line in enumerate(self.case.data["scenes"][self.raw[0]].get("lines", [])):
            if self.oracle.allowed(line, self.raw[1]):
                for flag in line.get("flags", []):
                    met.setdefault(flag, Met(flag, self.raw[0], index))
        return met

    @precondition(lambda self: offered(self.score, self.play))
    @rule(data=st.data())
    def choose(self, data):
        offers = offered(self.score, self.play)
        number = data.draw(st.integers(0, len(offers) - 1))
        say = self.score.texts["en"][offers[number].say]
        self.go(say, offers[number].choice, choose(self.score, self.play, number))

    @precondition(lambda self: waits(self.score, self.play) is not None)
    @rule()
    def wait(self):
        assert waits(self.score, self.play) == 5
        self.go(WAIT, TIMEOUT, timeout(self.score, self.play))

    def go(self, say, choice, play):
        self.steps.append((self.raw[0], choice))
        self.raw = dict(self.oracle.steps(self.raw))[say]
        self.play, self.met = play, self.shown(self.met)

    @invariant()
    def the_play_is_where_the_oracle_is(self):
        texts, scene = self.score.texts["en"], self.score.scenes[self.play.scene]
        assert self.play.scene == self.raw[0]
        assert [texts[scene["lines"][index]["say"]] for index in self.play.lines] == self.oracle.lines(self.raw)
        says = [texts[offer.say] for offer in offered(self.score, self.play)]
        assert says + [WAIT] * (waits(self.score, self.play) is not None) == [
            say for say, _after in self.oracle.steps(self.raw)
        ]
        assert (self.play.ended is not None) == self.oracle.ends(self.raw)

    @invariant()
    def flags_and_path_tell_what_happened_in_order(self):
        assert self.play.flags == tuple(self.met.values())
        assert [(took.scene, took.choice) for took in self.play.path] == self.steps


Playing.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestPlaying = Playing.TestCase
