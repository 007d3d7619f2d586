"""The live process: the server of live and the relay that feeds it from the log of moments."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys
from urllib.parse import urlsplit

from notalone.project.environment import Environment
from notalone.project.supervisor import die_with_parent


def main(environment: Environment) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        SystemExit: with 2, after one sentence, where the server cannot listen.
    """
    die_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    import django

    django.setup()
    from notalone.live.config import CannotListenError

    _allow_many_connections()
    try:
        asyncio.run(_serve(environment))
    except CannotListenError as error:
        sys.stderr.write(f"notalone: {error} Set NOTALONE_LIVE_PORT (or PORT) to another one.\n")
        sys.exit(2)


async def _serve(environment: Environment) -> None:
    from notalone.festival import queries as festival
    from notalone.live import queries as live
    from notalone.live.config import Config
    from notalone.live.core.origins import Origins
    from notalone.live.server import Server
    from notalone.project.class_relay import ClassRelay
    from notalone.project.relay import Relay, in_database, sources

    after, latest = in_database(festival.moments_after), in_database(festival.latest_seq)
    config = Config(
        host=environment.host,
        port=environment.live_port,
        key=live.signing_key(),
        origins=Origins(environment.port, named_origins(environment)),
        logs=sources(after),
        paths=frozenset({"/", urlsplit(environment.live_url).path or "/"}),
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    async with Server(config) as server:
        relays = [
            asyncio.create_task(Relay(server, after, latest).run()),
            asyncio.create_task(ClassRelay(server, environment.live_port).run()),
        ]
        await stop.wait()
        for relay in relays:
            relay.cancel()
        await asyncio.gather(*relays, return_exceptions=True)


def named_origins(environment: Environment) -> frozenset[str]:
    """Return the origins of pages behind a reverse proxy: those of the festival's hosts at the usual ports."""
    hosts = [host.lstrip(".") for host in environment.hosts if host != "*"]
    return frozenset(f"{scheme}://{host.lower()}" for host in hosts for scheme in ("https", "http"))


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
