"""What lies beside a scenario's file: its catalogues, and the messages to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notalone.kit.catalogue import Catalogue
from notalone.kit.problems import Problem
from notalone.scenario.core.judging import Judging


@dataclass(frozen=True, slots=True)
class Beside:
    """Catalogues by language; the messages to judge, None without any; ``problems`` are what is wrong with those."""

    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    judging: Judging | None = None
    problems: tuple[Problem, ...] = ()
