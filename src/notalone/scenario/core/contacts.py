"""Telephone numbers, web and e-mail addresses in a text, and which of them may stand there.

A number is taken for one of a telephone where it begins like one (``+``, ``0``), is grouped like one, or follows a
word such as “call”. What is written like a price, a date, a time or a version is none. A web address is whatever has
a scheme, ``www.``, a path or an ``@``, or ends like a domain. Street addresses are left to people: no pattern tells a
real one from an invented one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notalone.scenario.core.domains import ABBREVIATIONS, FILE_ENDINGS, TOP_LEVEL

RESERVED = frozenset({"example", "test", "invalid"})
SHORT, FEWEST, MOST = 3, 7, 15  # digits of a number to call, and of any telephone's; ITU-T E.164 allows 15
LONG = 9  # digits that stand alone are a number of something real from here on

_CALL = (
    r"call|calling|dial|ring|phone|telephone|text|sms|hotline|helpline|tel|whatsapp|zalo|viber|"
    r"gọi|bấm|quay số|nhắn tin|nhắn|tổng đài|đường dây nóng|số điện thoại|điện thoại|đt|sđt|"
    r"ruf|rufe|rufen sie|anrufen|wähle|wählen sie|telefon|telefonnummer|handynummer|notruf|notrufnummer"
)
_UNIT = (
    r"đồng|đ|vnd|vnđ|usd|eur|euros?|dollars?|dong|triệu|tỷ|tỉ|nghìn|ngàn|million(?:en)?|k|gems?|coins?|"
    r"points?|xu|điểm|punkte|münzen|followers?|views?|likes?|people|friends|times|minutes?|seconds?|hours?|days?|"
    r"leute|freunde|mal|minuten|sekunden|stunden|tage|người|bạn|lần|cuộc|tin|phút|giây|giờ|ngày|km|m|kg|g|%|€|\$|₫|£"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("\u3002\uff61", "."))
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_CLOCK = r"\d{1,2}[:h.]\d{2}"
_DATE = re.compile(
    rf"(?<![\d.+\-/])(?:{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}|{_DAY}[-/.]{_MONTH}[-/.](?:{_YEAR}|\d{{2}})"
    rf"|{_MONTH}[-/.]{_DAY}[-/.]{_YEAR}|{_MONTH}/{_YEAR}|{_YEAR} ?[-/] ?{_YEAR}|{_CLOCK} ?- ?{_CLOCK}"
    r"|\d{1,2}:\d{2}(?::\d{2})?)(?!\d|[.\-/]\d)"
)
_ABROAD = re.compile(r"(?:\+|(?<!\d)00)[\d .\-/()]*\Z")
_NUMBER = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ .\-/()]{0,2}\d)*(?!\w)")
_TO = r"(?:\s+(?:số|number|nummer|die|unter|on|to|at|an))*"
_CALLED = re.compile(rf"(?<!\w)(?:{_CALL}){_TO}[.:]?\s+\Z")
_CALLED_AFTER = re.compile(r"\s+(?:anrufen|an(?!\w)|wählen)")
_CALLED_TOO = re.compile(r"\s*(?:,|/|or|and|hoặc|hay|và|oder|und)\s+(?:die\s+|số\s+)?\Z")
_COUNTED = re.compile(rf"\s?(?:{_UNIT})(?!\w)")
_MONEY_BEFORE = re.compile(r"[€$£₫]\s?\Z|(?<!\w)(?:vnd|usd|eur)\s?\Z")
_GROUPED = re.compile(r"[1-9]\d{0,2}(\.|,| )\d{3}(?:\1\d{3})*\Z")
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,3})+\Z")

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_WEB = re.compile(
    rf"(?<!\w)(?P<scheme>[a-z][a-z0-9+.\-]{{0,20}}://)?(?P<user>[\w.+\-%]{{1,64}}@)?(?P<host>{_LABEL}(?:\.{_LABEL})*)"
    rf"(?P<port>:\d{{2,5}}(?!\d))?(?P<path>[/?#][^\s\"“”„<>]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What helplines may be reached by: the digits of their numbers, and their hosts."""

    numbers: frozenset[str]
    hosts: frozenset[str]


def known(contacts: Iterable[str]) -> Known:
    """Return what may stand in texts, from the numbers and web addresses of helplines as they are written."""
    numbers, hosts = set(), set()
    for contact in contacts:
        if re.search(r"[^\W\d_]", contact):
            hosts.add(re.sub(r"^[a-z]+://|/.*$", "", contact.strip().casefold()).removeprefix("www."))
        else:
            numbers.add(digits(contact))
    return Known(frozenset(numbers), frozenset(hosts))


def digits(number: str) -> str:
    """Return the digits of a number."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", number) if letter in "0123456789")


def strange(text: str, helplines: Known) -> Iterator[tuple[str, str]]:
    """Yield what may not stand in a text: ``("number" or "address", as it is written)``, in order of kind."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    smooth = unicodedata.normalize("NFKC", shown).translate(_DASHES)
    rest = list(smooth)
    for found in _WEB.finditer(smooth):
        if _is_address(found):
            rest[found.start() : found.end()] = " " * (found.end() - found.start())
            if not _may_stand(found["host"], helplines):
                yield "address", found[0].rstrip(".,;:!?)]'’")
    yield from (("number", number) for number in _telephones(_DATE.sub(_blank, "".join(rest)), helplines))


def _blank(date: re.Match[str]) -> str:
    """Return spaces for a date, or what looks like one inside a telephone number as it stands."""
    before = date.string[max(0, date.start() - 2 * MOST) : date.start()]
    return date[0] if _ABROAD.search(before) else " " * (date.end() - date.start())


def _telephones(text: str, helplines: Known) -> Iterator[str]:
    called_until = -1  # where the last number ended that a word such as “call” led to
    for found in _NUMBER.finditer(text):
        before, after = text[: found.start()].casefold(), text[found.end() :].casefold()
        if _COUNTED.match(after) or _MONEY_BEFORE.search(before):
            continue
        too = called_until >= 0 and _CALLED_TOO.fullmatch(text[called_until : found.start()].casefold())
        called = bool(too or _CALLED.search(before) or _CALLED_AFTER.match(after))
        if called:
            called_until = found.end()
        if _is_telephone(found[0], called=called) and digits(found[0]) not in helplines.numbers:
            yield found[0].strip()


def _is_telephone(number: str, *, called: bool) -> bool:
    count = len(digits(number))
    if called:
        return SHORT <= count <= MOST and not re.fullmatch(r"\d{1,3}\.\d{1,2}", number)
    if not FEWEST <= count <= MOST:
        return False
    if number.startswith(("+", "0", "(0", "(+")):
        return True
    if number.isdigit():
        return count >= LONG
    parts = number.split("-")
    if any(_GROUPED.match(part) for part in parts) and all(_GROUPED.match(part) or len(part) <= 3 for part in parts):
        return False  # an amount, or from one amount to another
    return not _VERSION.match(number)


def _is_address(found: re.Match[str]) -> bool:
    host = found["host"].casefold()
    labels = host.split(".")
    if found["scheme"]:
        return True
    if len(labels) < 2 or not re.fullmatch(r"[^\W\d_]{2,}|xn--[a-z0-9-]+", labels[-1]):
        return bool(found["port"] or found["path"]) and re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", host) is not None
    if found["user"] or found["port"] or found["path"] or labels[0] == "www" or labels[-1] in RESERVED:
        return True
    if host in ABBREVIATIONS or labels[-1] in FILE_ENDINGS:
        return False
    if labels[-1] in TOP_LEVEL or labels[-1].startswith("xn--"):
        return True
    small = found["host"] == found["host"].casefold()
    return small and len(labels[0]) > 1 and (len(labels[-1]) > 2 or not labels[-1].isascii())


def _may_stand(host: str, helplines: Known) -> bool:
    host = host.casefold()
    return host.rsplit(".", 1)[-1] in RESERVED or any(
        host == one or host.endswith(f".{one}") for one in helplines.hosts
    )
