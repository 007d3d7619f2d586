"""From a choice at a station to light on the wire, with an audience of a thousand sockets.

The whole house runs as ``notalone up`` starts it. A visitor's choice is posted as the kiosk posts it; the time is
taken until the first sACN packet arrives on loopback whose levels of the station's place differ from those before.
"""

from __future__ import annotations

from pathlib import Path

AUDIENCE = 1000
CHOICES = 120
ROOT = Path(__file__).parents[1]
STATION = "the-call"
NOTE = (
    "Target: 50 ms median, 100 ms at the 99th percentile. The loop runs at 44 frames a second, so a moment waits "
    "11.4 ms on average and 22.7 ms at most for its frame; that is the physical limit of the design."
)
