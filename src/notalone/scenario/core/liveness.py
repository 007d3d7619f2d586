"""Which variables can still matter in a scene: live-variable analysis (Aho et al., Compilers, 9.2.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notalone.scenario.core.conditions import variables
from notalone.scenario.core.model import Scenario, Scene, Update


def exits(scene: Scene) -> Iterator[tuple[str, tuple[Update, ...]]]:
    """Yield the target and the changes of each choice of a scene and of its timeout."""
    for choice in scene.choices:
        yield choice.to, choice.updates
    if scene.timeout is not None:
        yield scene.timeout.to, scene.timeout.updates


def read_in(scene: Scene) -> frozenset[str]:
    """Return the variables that the conditions of a scene's lines and choices read."""
    conditions = [line.condition for line in scene.lines] + [choice.condition for choice in scene.choices]
    return frozenset().union(*map(variables, conditions))


def live(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    """Return for each scene the variables whose value on entry can change what is ever shown or offered."""
    return _flowing(scenario, {name: read_in(scene) for name, scene in scenario.scenes.items()})


def stepped(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    """Return for each scene the variables whose value on entry a step may still change, before any value is set."""
    return _flowing(
        scenario,
        {
            name: frozenset(update.variable for _target, updates in exits(scene) for update in updates if update.step)
            for name, scene in scenario.scenes.items()
        },
    )


def _flowing(scenario: Scenario, found: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the variables that come with their value on entry to a scene that uses them.

    A variable comes to a scene that uses it from any that leads to one where it does, unless the way there sets it to
    a value; a step depends on the value before and does not end its life. The least fixpoint is found by a worklist;
    each scene is taken at most once for every variable.
    """
    before: dict[str, list[tuple[str, frozenset[str]]]] = {name: [] for name in found}
    for name, scene in scenario.scenes.items():
        for target, updates in exits(scene):
            overwritten = frozenset(update.variable for update in updates if not update.step)
            before[target].append((name, overwritten))
    waiting = list(found)
    while waiting:
        target = waiting.pop()
        for source, overwritten in before[target]:
            more = found[target] - overwritten - found[source]
            if more:
                found[source] |= more
                waiting.append(source)
    return found
