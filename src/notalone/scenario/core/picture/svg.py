"""Draws the cards of a story as an SVG picture that stands alone: no script, no style sheet, no font of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.model import Ending
from notalone.scenario.core.picture.cards import HEAD, LINE, PAD, WIDTH, Card, Row, cards
from notalone.scenario.core.picture.layers import GAP_X, Layout, Point, lay_out
from notalone.scenario.core.rules.rule import Violation

INK, SOFT, PAPER, CARD, FRAME = "#151a33", "#5a6078", "#f4f1ea", "#ffffff", "#c9c4b8"
WAY, RISK, RED = "#3c6f8f", "#b4491f", "#c40018"
TONES = {Ending.SAFE: "#c9eadf", Ending.RECOVERED: "#ffe3b0", None: "#e3e7f3"}
MARGIN, TOP, TOLD = 40.0, 96.0, 8
FONT = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif"


def draw(automaton: Automaton, violations: Sequence[Violation]) -> str:
    """Return the story as SVG text: scenes as cards, choices as arrows, plays that break a rule in red."""
    made = cards(automaton, violations)
    layout = lay_out({name: card.box for name, card in made.items()}, automaton.scenario.start)
    told = violations[:TOLD]
    top = TOP + 22 * len(told) + (22 if len(violations) > TOLD else 0)
    width = max(layout.width + 2 * MARGIN, 900.0)
    height = layout.height + top + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="13">',
        f'<title id="title">{escape(automaton.scenario.title.text)}</title>',
        f'<desc id="desc">{escape(_desc(automaton, made, violations))}</desc>',
        _arrowheads(),
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *_heading(automaton, violations, told),
        f'<g transform="translate({MARGIN:g} {top:g})">',
        *_arrows(made, layout),
        *(_card(card, layout.corners[name]) for name, card in made.items()),
        "</g></svg>",
    ]
    return "\n".join(parts) + "\n"


def _desc(automaton: Automaton, made: Mapping[str, Card], violations: Sequence[Violation]) -> str:
    found = "every rule holds" if not violations else f"{len(violations)} rules do not hold; their plays are red"
    return f"{len(made)} scenes, {automaton.states} states, {automaton.edges} steps; {found}."


def _arrowheads() -> str:
    heads = (
        f'<marker id="head-{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z" fill="{colour}"/></marker>'
        for name, colour in (("way", WAY), ("risk", RISK), ("red", RED))
    )
    return f"<defs>{''.join(heads)}</defs>"


def _text(x: float, y: float, words: str, fill: str = INK, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{fill}"{" " + more if more else ""}>{escape(words)}</text>'


def _heading(automaton: Automaton, violations: Sequence[Violation], told: Sequence[Violation]) -> Iterable[str]:
    yield _text(MARGIN, 42, automaton.scenario.title.text, more='font-size="24" font-weight="700"')
    size = f"{len(automaton.scenes)} scenes · {automaton.states} states · {automaton.edges} steps"
    state = "✓ every rule holds" if not violations else f"✗ {len(violations)} rules do not hold"
    yield _text(MARGIN, 68, f"{size} · {state}", RED if violations else SOFT)
    legend = (
        ("choice", WAY, "", 1.6), ("choice with risk", RISK, "", 1.6), ("timeout", WAY, "5 4", 1.6),
        ("a play that breaks a rule", RED, "", 3.4),
    )  # fmt: skip
    x = 470.0
    for name, colour, dash, wide in legend:
        more = f' stroke-dasharray="{dash}"' if dash else ""
        yield f'<path d="M{x:g} 38h30" stroke="{colour}" stroke-width="{wide}"{more}/>'
        yield _text(x + 38, 42, name, SOFT)
        x += 62 + 7.2 * len(name)
    for index, one in enumerate(told):
        yield _text(MARGIN, TOP + 22 * index, f"{one.place}: {one.rule}: {one.message}", RED)
    if len(violations) > len(told):
        yield _text(MARGIN, TOP + 22 * len(told), f"… and {len(violations) - len(told)} more", RED)


def _arrows(made: Mapping[str, Card], layout: Layout) -> Iterable[str]:
    drawn = [
        (row, points) for name, card in made.items() for row, points in zip(card.rows, layout.arrows[name], strict=True)
    ]
    for row, points in sorted(drawn, key=lambda one: (one[0].red, one[0].risk)):
        kind, colour = ("red", RED) if row.red else ("risk", RISK) if row.risk else ("way", WAY)
        dash = ' stroke-dasharray="5 4"' if row.waits else ""
        wide = 3.4 if row.red else 1.6
        yield (
            f'<path d="{_curve(points)}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-opacity="0.85" '
            f'marker-end="url(#head-{kind})"{dash}/>'
        )


def _curve(points: Sequence[Point]) -> str:
    """Return a path with level ends: curves between columns, straight through lanes, a bend where it turns back."""
    (x, y), out = points[0], [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for index, (to_x, to_y) in enumerate(points[1:], start=1):
        if index % 2 == 0:  # through a lane
            out.append(f"H{to_x:.1f}")
        else:
            back = to_x <= x
            leave = x - GAP_X / 2 if back and index > 1 else x + GAP_X / 2
            come = to_x + GAP_X / 2 if back and index < len(points) - 1 else to_x - GAP_X / 2
            out.append(f"C{leave:.1f} {y:.1f} {come:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(out)


def _card(card: Card, corner: Point) -> str:
    scene, box = card.scene, card.box
    frame = (RED, 3) if card.red else (FRAME, 1.5)
    parts = [
        f'<g transform="translate({corner[0]:.1f} {corner[1]:.1f})" opacity="{1 if card.reached else 0.45}">',
        f'<rect width="{WIDTH:g}" height="{box.height:g}" rx="12" fill="{CARD}" stroke="{frame[0]}" '
        f'stroke-width="{frame[1]}"/>',
        f'<path d="M0 {HEAD:g}V12a12 12 0 0 1 12-12h{WIDTH - 24:g}a12 12 0 0 1 12 12v{HEAD - 12:g}z" '
        f'fill="{TONES[scene.ending]}"/>',
        _text(12, 22, scene.id, more='font-weight="700"'),
        _text(WIDTH - 12, 22, _about(card), RED if card.broken else SOFT, 'text-anchor="end" font-size="12"'),
    ]
    y = HEAD + PAD + LINE - 4
    for words in card.quote:
        parts.append(_text(12, y, words, SOFT, 'font-size="12" font-style="italic"'))
        y += LINE
    y = HEAD + PAD + LINE * len(card.quote) + (PAD if card.quote else 0)
    for row in card.rows:
        parts.append(_row(row, y))
        y += LINE * len(row.words) + PAD
    return "".join([*parts, "</g>"])


def _about(card: Card) -> str:
    if card.broken:
        return " ".join(card.broken)
    scene = card.scene
    kind = f"ending: {scene.ending}" if scene.ending else f"{scene.on or ''} · {scene.intensity}"
    return kind + (" · harm" if scene.harm else "") + ("" if card.reached else " · no play comes here")


def _row(row: Row, y: float) -> str:
    colour = RED if row.red else RISK if row.risk else INK
    mark = "▲" if row.risk else "◷" if row.waits else "◇" if row.sometimes else "•"
    words = "".join(_text(28, y + LINE * (index + 1) - 3, word, colour) for index, word in enumerate(row.words))
    rule = f'<path d="M0 {y:g}h{WIDTH:g}" stroke="{FRAME}" stroke-width="0.75"/>'
    return rule + _text(11, y + LINE - 3, mark, colour) + words
