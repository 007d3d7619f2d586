"""``make bench``: runs every bench and writes ``bench/RESULTS.md`` side by side."""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
BENCHES = {
    "choice_to_light": "Choice at a station to light on the wire",
    "scenario_steps": "Steps of a scenario's player",
    "scenario_scale": "Scenarios proved, by size",
    "package_size": "A story handed out",
    "show_jitter": "The show loop's frames",
    "live_fanout": "One message to many sockets",
    "class_vote": "A class of sixty votes",
    "first_picture": "The kiosk's first picture on a cheap phone",
}
COLUMNS = ("min", "median", "p99", "max")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


def table(rows: Sequence[dict[str, object]]) -> str:
    """Return rows as a Markdown table; columns that no row fills are left out."""
    present = [key for key in (*COLUMNS, "memory_mib") if any(row.get(key) is not None for row in rows)]
    names = {"memory_mib": "memory, MiB"}
    lines = ["| what | who | unit | " + " | ".join(names.get(key, key) for key in present) + " |"]
    lines.append("|---|---|---|" + "---:|" * len(present))
    for row in rows:
        who = row.get("who", "ours")
        cells = [_cell(row.get(key)) for key in present]
        lines.append(f"| {row['what']} | {who} | {row['unit']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine() -> str:
    """Return one line about the machine that measured."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(only: Sequence[str]) -> int:
    """Run the benches named, or all; returns the exit code."""
    unknown = sorted(set(only) - set(BENCHES))
    if unknown:
        sys.stderr.write(f"bench: there is no bench “{unknown[0]}”. Known: {', '.join(BENCHES)}.\n")
        return 2
    parts_folder = HERE / "results"
    parts_folder.mkdir(exist_ok=True)
    for name in only or BENCHES:
        sys.stderr.write(f"bench {name} …\n")
        began = time.monotonic()
        module = importlib.import_module(f"bench.{name}")
        rows = module.run()
        day = datetime.now(UTC).date().isoformat()
        note = str(getattr(module, "NOTE", "")).strip()
        text = f"## {BENCHES[name]}\n\n{note}\n\n{table(rows)}\n\n*{day}, {machine()}.*\n"
        (parts_folder / f"{name}.md").write_text(text, encoding="utf-8")
        sys.stderr.write(f"{table(rows)}\n({time.monotonic() - began:.0f} s)\n")
    found = [parts_folder / f"{name}.md" for name in BENCHES]
    whole = "# Results\n\nWritten by `make bench`; each table by one run, ours and the peer in turn.\n\n"
    whole += "\n".join(path.read_text(encoding="utf-8") for path in found if path.exists())
    (HERE / "RESULTS.md").write_text(whole, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
