"""A Twee 3 story becomes a scenario that is well formed, whatever the story holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from notalone.kit import yamltree
from notalone.kit.problems import CannotRead
from notalone.scenario.cli import app
from notalone.scenario.core.load import load
from notalone.scenario.core.twee import read_twee, write_scenario

STORY = """\
:: StoryTitle
The lost phone

:: StoryData
{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "Harlowe", "start": "The bench"}

:: Style [stylesheet]
body { color: red }

:: The bench {"position":"100,100"}
A phone lies on the bench. It rings.
Mum: Is that you?
(set: $trust to 1)

[[Pick up->The call]]
[[Give it to the porter|Porter {desk}]]
[[Home<-Leave it]]
[[The call]]

:: The call [tense]
Mum: ''Where'' are you?
[[Porter {desk}]]
[[Wait|Nowhere]]

:: Porter \\{desk\\}
The porter smiles.

:: Home
"""


def loaded(text: str):
    return load(yamltree.parse(text, "scenario.yaml"))


def test_passages_become_scenes_and_links_become_choices():
    scenario, problems = loaded(
        write_scenario(
            read_twee(STORY.replace("\\[desk\\]]]", "[desk]]]").replace("[desk]]]", "desk]]"), "s.twee"), "lost-phone"
        )
    )
    assert problems == ()
    assert scenario is not None
    assert (scenario.id, scenario.title.text, scenario.start) == ("lost-phone", "The lost phone", "the-bench")
    bench = scenario.scenes["the-bench"]
    assert [line.say.text for line in bench.lines] == ["A phone lies on the bench. It rings.", "Is that you?"]
    assert [line.speaker for line in bench.lines] == [None, "mum"]
    assert [(choice.say.text, choice.to) for choice in bench.choices] == [
        ("Pick up", "the-call"), ("Give it to the porter", "porter-desk"),
        ("Leave it", "home"), ("The call", "the-call"),
    ]  # fmt: skip
    assert scenario.scenes["home"].ending == "safe"
    assert scenario.scenes["the-call"].lines[0].say.text == "Where are you?"


def test_what_cannot_be_taken_over_is_told_with_its_line():
    story = read_twee(":: Start\n(set: $a to 1)\nHello <<print $b>>\n[[On->Nowhre]]\n:: Nowhere\n", "s.twee")
    assert [str(one) for one in story.problems] == [
        "s.twee:2:1: “(set: $a to 1)” is left out; say it with variables, “if” and “set”.",
        "s.twee:3:1: “<<print $b>>” is left out; say it with variables, “if” and “set”.",
        "s.twee:4:1: The link “On” leads to “Nowhre”, which is no passage; an empty ending is made. "
        "Did you mean “Nowhere”?",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no passage at all", "s.twee:1:1: There is no passage here; a Twee file has headings like “:: Start”."),
        (":: StoryData\n3,", "s.twee:1:1: StoryData is not JSON: Extra data: line 1 column 2 (char 1)."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_story_is_told_in_one_sentence(text, said):
    with pytest.raises(CannotRead) as told:
        read_twee(text, "s.twee")
    assert str(told.value) == said


PIECES = st.sampled_from([
    ":: Start\n", ":: a [x y]\n", ':: \\[b\\] {"size":"1"}\n', ":: ending\n", "::\n", "[[a]]\n", "[[go->a]]",
    "[[a<-go]]\n", "[[x|\u202eab]]\n", "🙈: hi\n", "Mum: hello\n", "<<if $x>>", "(set: $x to 1)\n",
    ':: StoryData\n{"start": "a"}\n', "\u2028", "\x00", "\ud7ff", "]] [[", "[[->]]\n", "[[|]]\n",
    ":: Đường về\n", "[[Đường về]]\n", "\t# yes: no\n", "' \" \\ \n",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=14).map("".join))
@example(":: a\n[[a]]\n")
def test_any_story_that_can_be_read_becomes_a_well_formed_scenario(text):
    try:
        story = read_twee(text, "s.twee")
    except CannotRead:
        return
    scenario, problems = loaded(write_scenario(story, "a-story"))
    assert problems == ()
    assert scenario is not None
    assert len(scenario.scenes) == len(story.passages)


def test_the_command_writes_the_folder_and_never_over_a_scenario(tmp_path):
    (tmp_path / "s.twee").write_text(":: Start\nHello\n[[On->End]]\n:: End\n", encoding="utf-8")
    out = tmp_path / "scenarios" / "lost-phone"
    done = CliRunner().invoke(app, ["import", str(tmp_path / "s.twee"), "-o", str(out)])
    assert done.exit_code == 0
    assert loaded((out / "scenario.yaml").read_text(encoding="utf-8"))[1] == ()
    again = CliRunner().invoke(app, ["import", str(tmp_path / "s.twee"), "-o", str(out)])
    assert again.exit_code == 2
    assert again.stderr == f"{out / 'scenario.yaml'}: There is a scenario already; say another folder with -o.\n"
    named = CliRunner().invoke(app, ["import", str(tmp_path / "s.twee"), "-o", str(tmp_path / "Lost Phone")])
    assert named.exit_code == 2
