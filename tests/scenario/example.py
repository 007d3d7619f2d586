"""A small scenario that holds, for tests that change one thing in it."""

from __future__ import annotations

from pathlib import Path

CALL = """\
format: notalone/scenario-1
id: the-call
title: The call
risk: virtual-kidnapping
ages: [16, 22]
minutes: [0.1, 9]
notes: [threats]
help: [police]
sources: ["Public guidance"]
people:
  linh:   {name: Linh, role: character}
  caller: {name: Officer Minh, role: stranger}
flags:
  authority: {see: "Police by video call", know: "Police never work by video call."}
  secrecy:   {see: "Tell nobody", know: "Tell someone."}
vars:
  trust: {from: 0, to: 3, start: 0}
  moved: {start: false}
start: call
scenes:
  call:
    on: phone
    cue: unease
    intensity: 1
    lines:
      - {from: caller, say: "This is the police.", after: 1.5, flags: [authority]}
      - {from: caller, say: "You again. Good.", if: trust >= 1}
    choices:
      - {say: "Hang up and call mum", skill: tell, to: told}
      - {say: "Stay on the line", risk: true, set: {trust: +1}, to: video}
      - {say: "Ask for the case number", if: trust < 3, to: call, set: {trust: +1}}
    timeout: {after: 30, to: video}
  video:
    on: video
    intensity: 2
    lines:
      - {from: caller, say: "Tell nobody.", flags: [secrecy]}
    choices:
      - {say: "Go to the hotel", risk: true, set: {moved: true}, to: hotel}
      - {say: "Tell mum", to: told}
  hotel:
    on: place
    intensity: 2
    choices:
      - {say: "Open the door", to: found}
      - {say: "Tell mum", to: told}
  told:
    ending: safe
    debrief: "Linh told someone."
  found:
    ending: recovered
    debrief: "Linh was found."
"""


def write(folder: Path, text: str, name: str = "the-call") -> Path:
    """Write a scenario into a folder of scenarios and return its file."""
    path = folder / name / "scenario.yaml"
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path
