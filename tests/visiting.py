"""Visiting a station in a browser as a person does, along a play that is known to lead somewhere."""

from __future__ import annotations

from collections import deque

from tests.running import ROOT, until

from notalone.scenario import queries as scenarios

FILE = ROOT / "content" / "demo" / "scenarios" / "online-abduction" / "scenario.yaml"


def route(ending, through):
    """Return the choices (positions) of a shortest play that meets the cue ``through`` and ends in ``ending``."""
    score = scenarios.score(FILE)
    scenes, states = score["scenes"], score["states"]
    first = (score["start"], scenes[states[score["start"]]["scene"]]["cue"] == through)
    came = {first: None}
    queue = deque([first])
    while queue:
        state, met = queue.popleft()
        scene = scenes[states[state]["scene"]]
        if scene["ending"] == ending and met:
            picks = []
            at = (state, met)
            while came[at] is not None:
                at, pick = came[at]
                picks.append(pick)
            return picks[::-1]
        for position, (_choice, target) in enumerate(states[state]["choices"]):
            cue = scenes[states[target]["scene"]]["cue"]
            following = (target, met or cue == through)
            if following not in came:
                came[following] = ((state, met), position)
                queue.append(following)
    raise AssertionError(f"no play ends {ending} through {through}")


def picks_until(picks, cue):
    """Return how many of a play's choices lead to the first scene with ``cue``."""
    score = scenarios.score(FILE)
    state = score["start"]
    for count, pick in enumerate((*picks, None)):
        if score["scenes"][score["states"][state]["scene"]]["cue"] == cue:
            return count
        if pick is not None:
            state = score["states"][state]["choices"][pick][1]
    raise AssertionError(f"this play has no scene with the cue {cue}")


class Visitor:
    """Plays at a station as a person does: by touch on a phone, by mouse on a laptop."""

    def __init__(self, page, touch):
        self.page, self.touch = page, touch

    def tap(self, selector):
        target = self.page.locator(selector)
        target.wait_for(state="visible", timeout=30_000)
        (target.tap if self.touch else target.click)(timeout=30_000)

    def screen(self):
        return self.page.locator("#kiosk").get_attribute("data-screen")

    def begin(self):
        self.tap("[data-begin]:enabled")
        self.tap("[data-accept]")

    def until_choices(self):
        """Tap the story on until the choices are there."""
        until(lambda: self.advance(".choices:not(.choices--done) .choice"), "choices are offered")

    def choose(self, position):
        """Tap the story on until the choices are there, then take one."""
        choice = f".choices:not(.choices--done) [data-choice='{position}']"
        until(lambda: self.advance(choice), lambda: f"choice {position} is offered")
        self.page.wait_for_timeout(450)  # the station itself ignores taps that meant “go on”
        self.tap(choice)

    def advance(self, wanted):
        if self.page.locator(wanted).count():
            return True
        answer = self.page.locator("#phone button:visible")
        if answer.count():
            answer.last.click()
        else:
            self.page.locator("#phone").click(position={"x": 20, "y": 120})
        self.page.wait_for_timeout(60)
        return False

    def play(self, picks):
        for pick in picks:
            self.choose(pick)
        self.page.locator("#kiosk[data-screen='debrief']").wait_for(timeout=30_000)
