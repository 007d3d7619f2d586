"""ES modules joined into one script do the same as the modules; what cannot be joined is refused."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from tests.running import ROOT

from notalone.scenario.packages.bundle import CannotBundle, bundle, modules
from notalone.scenario.packages.page import static

STATIC = ROOT / "src" / "notalone" / "scenario" / "static" / "scenario"
ENTRIES = ("html", "scorm12", "cmi5")


def source(files):
    return lambda name: files[name]


def run(files, entry="main.js"):
    told = subprocess.run(["node", "-e", bundle(entry, source(files))], capture_output=True, text=True, check=True)
    return told.stdout.split()


def real(name):
    return static(name).read_text(encoding="utf-8")


def test_names_stars_and_effects_are_imported_in_their_order():
    files = {
        "main.js": 'import "./first.js";\nimport { add, one as single } from "./sums.js";\n'
        'import * as sums from "./sums.js";\nconsole.log(add(single, 2), sums.Half.of(4));\n',
        "first.js": 'console.log("first");\n',
        "sums.js": "export const one = 1;\nexport function add(a, b) {\n  return a + b;\n}\n"
        "class Hidden {}\nexport class Half extends Hidden {\n  static of(n) {\n    return n / 2;\n  }\n}\n",
    }
    assert run(files) == ["first", "3", "2"]


def test_lists_of_exports_and_imports_over_several_lines_are_understood():
    files = {
        "main.js": 'import {\n  b as c,\n  d,\n} from "./a/x.js";\nconsole.log(c, d);\n',
        "a/x.js": 'import { e } from "../y.js";\nconst a = 1;\nconst d = e;\nexport { a as b, d };\n',
        "y.js": "export const e = 5;\n",
    }
    assert run(files) == ["1", "5"]


def test_a_module_runs_once_however_many_import_it():
    files = {
        "main.js": 'import { n } from "./a.js";\nimport { m } from "./b.js";\nconsole.log(n === m);\n',
        "a.js": 'import { n } from "./c.js";\nexport { n };\n',
        "b.js": 'import { n } from "./c.js";\nexport { n as m };\n',
        "c.js": 'console.log("once");\nexport const n = {};\n',
    }
    assert run(files) == ["once", "true"]


def test_words_in_comments_and_texts_are_no_imports():
    files = {
        "main.js": '/** @param {import("./none.js").None} x */\n'
        'const said = "import x from y";\nconsole.log(said.length);\n'
    }
    assert run(files) == ["15"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export default 1;\n", "export default 1;"),
        ("export let count = 0;\n", "export let count = 0;"),
        ('export * from "./a.js";\n', "export *"),
        ('export { a } from "./a.js";\n', "export {"),
        ('import a from "./a.js";\n', "import a"),
        ("await fetch(1);\n", "await fetch(1);"),
        ('const a = "</script>";\n', "would end the script"),
        ('import { a } from "lib";\n', "“lib” is no relative path"),
    ],
)
def test_what_a_bundle_cannot_hold_is_refused(text, said):
    with pytest.raises(CannotBundle, match=re.escape(said)):
        bundle("main.js", source({"main.js": text, "a.js": "export const a = 1;\n"}))


def test_modules_in_a_circle_are_refused():
    files = {
        "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
        "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
    }
    with pytest.raises(CannotBundle, match=re.escape("a.js → b.js → a.js")):
        bundle("a.js", source(files))


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_module_that_is_imported_is_in_the_package_and_parses(kind, tmp_path):
    entry = f"scenario/package/{kind}.js"
    inside = modules(entry, real)
    assert inside[-1] == entry
    assert {"scenario/player.js", "scenario/story.js", "scenario/phone/phone.js"} <= set(inside)
    assert [name for name in inside if name.startswith("festival/")] == []
    script = tmp_path / "all.js"
    script.write_text(bundle(entry, real), encoding="utf-8")
    subprocess.run(["node", "--check", str(script)], check=True, capture_output=True)


def test_the_bundled_player_plays_what_the_module_plays(tmp_path):
    score = {
        "format": "notalone/score-1",
        "start": 0,
        "scenes": {
            "a": {"lines": [{"flags": ["f"]}], "choices": [{"say": 0, "risk": False, "skill": ""}], "timeout": None}
            | {"ending": None},
            "b": {"lines": [], "choices": [], "timeout": None, "ending": "safe"},
        },
        "states": [
            {"scene": "a", "lines": [0], "choices": [[0, 1]], "timeout": None},
            {"scene": "b", "lines": [], "choices": [], "timeout": None},
        ],
    }
    body = (
        f"const score = readScore({json.dumps(score)});\nconsole.log(JSON.stringify(choose(score, begin(score), 0)));\n"
    )
    player = real("scenario/player.js")
    main = 'import { begin, choose, readScore } from "./player.js";\n' + body
    bundled = run({"main.js": main, "player.js": player})
    module = tmp_path / "main.mjs"
    module.write_text(main.replace("./player.js", (STATIC / "player.js").as_uri()), encoding="utf-8")
    plain = subprocess.run(["node", str(module)], capture_output=True, text=True, check=True).stdout.split()
    assert bundled == plain
    assert json.loads(bundled[0])["ended"] == "safe"
