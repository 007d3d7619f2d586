"""What was learned, for staff: plots with tables beneath, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.festival import queries as festivals
from notalone.guide import queries
from notalone.guide.core.cells import LEAST, Group
from notalone.guide.core.intervals import Compared, Estimate, Measured
from notalone.guide.core.plot import plot
from notalone.guide.core.sensitivity import reading
from notalone.kit.problems import CannotRead
from notalone.people.queries import needs

_LANGUAGES = {"vi": gettext_lazy("Vietnamese"), "en": gettext_lazy("English"), "de": gettext_lazy("German")}
_READINGS = {
    "notices": gettext_lazy("notices more"),
    "both": gettext_lazy("notices more, and distrusts more"),
    "distrusts": gettext_lazy("only distrusts more"),
    "less": gettext_lazy("notices less"),
    "trusts": gettext_lazy("only trusts more"),
    "open": gettext_lazy("cannot be told yet"),
}
_TIMES = ("before", "after", "again")


@never_cache
@require_safe
@needs("guide")
def page(request: HttpRequest) -> HttpResponse:
    """Show each scenario's groups: d′ and c before, after and weeks later, with what they say in words."""
    lang = get_language() or "en"
    context = {"scenarios": [_scenario(one, lang) for one in queries.learned()], "least": LEAST}
    return render(request, "guide/learning.html", context)


def _scenario(learned: queries.Learned, lang: str) -> dict[str, object]:
    rows = [_row(cell) for cell in learned.cells]
    return {
        "id": learned.scenario,
        "title": _title(learned.scenario, lang),
        "waiting": learned.waiting,
        "rows": rows,
        "plots": [
            (_("Sensitivity d′: tells real from not real"), _plot(learned, "sensitivity", -1, 4)),
            (_("Bias c: distrusts (left) or trusts (right)"), _plot(learned, "bias", -2, 2)),
        ],
    }


def _plot(learned: queries.Learned, measure: str, least: int, most: int) -> object:
    groups = [(_name(cell.group), [getattr(one, measure) for one in _times(cell)]) for cell in learned.cells]
    return plot(groups, least, most)


def _times(cell: queries.Cell) -> tuple[Measured, ...]:
    """Return what may be shown of a group; weeks later stands last and is of those who came back alone."""
    if cell.measured is None:
        return ()
    return (*cell.measured.times, *(cell.again.times[2:] if cell.again else ()))


def _title(scenario: str, lang: str) -> str:
    try:
        score = festivals.score(scenario)
    except CannotRead:
        return scenario
    texts = score["texts"].get(lang) or score["texts"]["en"]
    return str(texts[score["title"]])


def _name(group: Group) -> str:
    axis, value = group
    if axis == "lang":
        return str(_LANGUAGES.get(value, value))
    if axis == "age":
        return _("{ages} years").format(ages=value.replace("-", "–")) if value else _("age not told")
    return _("Everybody")


def _row(cell: queries.Cell) -> dict[str, object]:
    row: dict[str, object] = {"name": _name(cell.group), "hidden": cell.measured is None}
    if cell.measured is not None:
        row["visitors"] = cell.measured.visitors
        row["reading"] = _words(cell.measured, 0)
        row["estimates"] = [*_estimates(cell.measured)]
        row["again"] = None if cell.again is None else _again(cell.again)
    return row


def _words(compared: Compared, change: int) -> str:
    by = compared.changes[change]
    return str(_READINGS[reading((by.sensitivity.low, by.sensitivity.high), (by.bias.low, by.bias.high))])


def _estimates(compared: Compared) -> Iterator[Estimate]:
    before, after, change = compared.times[0], compared.times[1], compared.changes[0]
    for measure in ("sensitivity", "bias"):
        yield from (getattr(one, measure) for one in (before, after, change))


def _again(compared: Compared) -> dict[str, object]:
    later = compared.times[2]
    return {
        "visitors": compared.visitors,
        "sensitivity": later.sensitivity,
        "bias": later.bias,
        "reading": _words(compared, 1),
    }


@never_cache
@require_safe
@needs("guide")
def figures(request: HttpRequest) -> HttpResponse:
    """Give the same figures as CSV (RFC 4180, UTF-8); what is hidden on the page is empty here."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_head())
    for learned in queries.learned():
        for cell in learned.cells:
            table.writerow([learned.scenario, cell.group[0], _plain(cell.group), *_numbers(cell)])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="learning.csv"'
    return answer


def _head() -> list[str]:
    head = ["scenario", "grouped by", "group", "shown", "visitors (people)"]
    times = ["before", "after", "change after"]
    for name in (*times, "again", "change again"):
        if name == "again":
            head.append("visitors who came back (people)")
        for measure in ("d' (standard deviations)", "c (standard deviations)"):
            head += [f"{name}: {measure}", f"{name}: {measure} 95% low", f"{name}: {measure} 95% high"]
    return head


def _plain(group: Group) -> str:
    axis, value = group
    return (
        value.replace("-", " to ") + " years"
        if axis == "age" and value
        else value or ("not told" if axis == "age" else "")
    )


def _numbers(cell: queries.Cell) -> list[str]:
    if cell.measured is None:
        return ["no", *[""] * 32]
    first = [*cell.measured.times[:2], cell.measured.changes[0]]
    out = ["yes", str(cell.measured.visitors), *_measured(first)]
    if cell.again is None:
        return [*out, *[""] * 13]
    return [*out, str(cell.again.visitors), *_measured([cell.again.times[2], cell.again.changes[1]])]


def _measured(several: list[Measured]) -> list[str]:
    estimates = [estimate for one in several for estimate in (one.sensitivity, one.bias)]
    return [f"{number:.3f}" for one in estimates for number in (one.value, one.low, one.high)]
