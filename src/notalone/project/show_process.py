"""The show process, told by the festival which cue answers which moment and where its stations stand."""

from __future__ import annotations

import os
import sys

from notalone.project.environment import Environment


def main(environment: Environment) -> None:
    """Run the show until SIGTERM or SIGINT.

    Raises:
        SystemExit: with 2, after one sentence, where the festival's folder cannot be read.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    import django

    django.setup()
    from notalone.festival import queries as festivals
    from notalone.kit.problems import CannotRead
    from notalone.live import queries as live
    from notalone.show import process
    from notalone.show.core.performance import CueMap
    from notalone.show.link import FOLLOWS, PUBLISHES

    try:
        festival = festivals.festival()
    except CannotRead as error:
        sys.stderr.write(f"notalone: {error}\n")
        sys.exit(2)
    process.main(
        environment.festival,
        live.process_url(),
        lambda: live.token("show", follow=FOLLOWS, publish=PUBLISHES),
        environment.state,
        CueMap(festival.cues, {station.id: station.place for station in festival.stations.values()}),
    )
