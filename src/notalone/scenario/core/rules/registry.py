"""All rules, in the order in which they are checked; a new rule is a module and one entry here."""

from __future__ import annotations

from notalone.scenario.core.rules import p, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16
from notalone.scenario.core.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    s1.RULE,
    s2.RULE,
    s3.RULE,
    s4.RULE,
    s5.RULE,
    s6.RULE,
    s7.RULE,
    s8.RULE,
    s9.RULE,
    s10.RULE,
    s11.RULE,
    s12.RULE,
    s13.RULE,
    s14.RULE,
    s15.RULE,
    s16.RULE,
    p.RULE,
)
