"""What tells a learning platform what is in a package: SCORM 1.2's manifest and cmi5's course structure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_XML = "http://www.w3.org/XML/1998/namespace"
PAGE = "index.html"


def activity(score: Mapping[str, Any], what: str = "activity") -> str:
    """Return the IRI of a scenario: the same for each of its versions, as a platform counts attempts by it."""
    name = f"notalone:{what}:{score['id']}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def title(score: Mapping[str, Any], lang: str) -> str:
    """Return the scenario's title in a language."""
    return str(score["texts"][lang][score["title"]])


def scorm12(score: Mapping[str, Any], langs: tuple[str, ...]) -> str:
    """Return ``imsmanifest.xml`` of SCORM 1.2 (Content Aggregation Model 1.2, 2.3): one item, one SCO, one file."""
    root = ET.Element(
        "manifest", {"xmlns": _CP, "xmlns:adlcp": _ADL, "identifier": f"notalone-{score['id']}", "version": "1.2"}
    )
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "ADL SCORM"
    ET.SubElement(metadata, "schemaversion").text = "1.2"
    organizations = ET.SubElement(root, "organizations", {"default": "story"})
    organization = ET.SubElement(organizations, "organization", {"identifier": "story"})
    ET.SubElement(organization, "title").text = title(score, langs[0])
    item = ET.SubElement(organization, "item", {"identifier": "play", "identifierref": "page", "isvisible": "true"})
    ET.SubElement(item, "title").text = title(score, langs[0])
    resources = ET.SubElement(root, "resources")
    page = {"identifier": "page", "type": "webcontent", "adlcp:scormtype": "sco", "href": PAGE}
    ET.SubElement(ET.SubElement(resources, "resource", page), "file", {"href": PAGE})
    return _text(root)


def cmi5(score: Mapping[str, Any], langs: tuple[str, ...], about: Mapping[str, str]) -> str:
    """Return ``cmi5.xml`` (cmi5 Quartz, 13): one unit that is met when it is completed; nothing is graded."""
    root = ET.Element("courseStructure", {"xmlns": _CMI5})
    course = ET.SubElement(root, "course", {"id": activity(score, "course")})
    unit = {"id": activity(score), "moveOn": "Completed", "launchMethod": "AnyWindow"}
    au = ET.SubElement(root, "au", unit)
    for part in (course, au):
        _strings(part, "title", {lang: title(score, lang) for lang in langs})
        _strings(part, "description", about)
    ET.SubElement(au, "url").text = PAGE
    return _text(root)


def _strings(parent: ET.Element, name: str, said: Mapping[str, str]) -> None:
    whole = ET.SubElement(parent, name)
    for lang, text in said.items():
        ET.SubElement(whole, "langstring", {"lang": lang}).text = text


def _text(root: ET.Element) -> str:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
