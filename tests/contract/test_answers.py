"""`polyarena.answers`: blocks of code in answers, what they are called, and text quoted."""

from __future__ import annotations

import re

import pytest

from polyarena import Code
from polyarena.answers import (
    Block,
    BlockReader,
    fenced,
    file_tree,
    indented,
    name_of,
    quoted,
    safe_name,
)

ANSWER = """\
Here it is, in `main.py`:

```python
print("```")
```

- a list with a block:

  ~~~text
  two
  ~~~

````markdown
```css a.css
a{}
```
````

```js
broken off"""


def known(word: str) -> bool:
    return word in {"python", "css", "js"}


def test_blocks_are_found_in_order_with_what_stands_above_them() -> None:
    blocks = fenced(ANSWER, known)
    assert [(block.info, block.text) for block in blocks] == [
        ("python", 'print("```")'),
        ("text", "two"),
        ("css a.css", "a{}"),
        ("js", "broken off"),
    ]
    assert blocks[0].before == "Here it is, in `main.py`:"
    assert [block.closed for block in blocks] == [True, True, True, False]


def test_blocks_come_in_line_by_line() -> None:
    reader, found, inside = BlockReader(known), list[Block](), list[bool]()
    for line in ("words", "```js", "go()", "```", "more"):
        found += reader.take(line)
        inside.append(reader.inside)
    assert inside == [False, True, True, False, False]
    assert [(block.info, block.text, block.before) for block in found] == [("js", "go()", "words")]
    assert list(reader.end()) == []


def test_indented_blocks_stand_between_blank_lines() -> None:
    assert [block.text for block in indented("a\n\n    one\n    two\n\nb\n    no\n")] == [
        "one\ntwo"
    ]


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (Block("tsx src/App.tsx", "x", ""), "src/App.tsx"),
        (Block("js", "// lib/a.js\nx", ""), "lib/a.js"),
        (Block("css", "a{}", "**look/style.css**"), "look/style.css"),
        (Block("python", "x", "Save this as `main.py` and run it."), "main.py"),
        (Block("python", "x", "It needs `data.csv` to run."), ""),
        (Block("python", "x", "Any words."), ""),
    ],
)
def test_the_name_of_a_blocks_file(block: Block, name: str) -> None:
    assert name_of(block, lambda name: name.endswith(".py")) == name


def test_names_stay_in_the_folder_and_quotes_hold_what_they_quote() -> None:
    assert safe_name("..\\../a b/.c/x?.js") == "a_b/c/x_.js"
    assert fenced(quoted("```\nx\n```", "js"), known)[0].text == "```\nx\n```"


def test_files_stand_in_their_folders_and_no_name_is_taken_for_html() -> None:
    names = ("index.html", "src/App.tsx", "src/parts/<b>.tsx", "src", "a/" * 12 + "deep.js")
    html = file_tree([Code(text=f"in {name}", filename=name) for name in names])
    summaries = re.findall("<summary>(.*?)</summary>", html)
    tops = [
        "src/",
        "parts/",
        "&lt;b&gt;.tsx <small>1 line</small>",
        "App.tsx <small>1 line</small>",
    ]
    assert summaries[:4] == tops
    assert summaries[4:12] == ["a/"] * 8
    assert summaries[12].startswith("a/a/a/a/deep.js")
    assert [one.partition(" ")[0] for one in summaries[13:]] == ["index.html", "src"]
    assert html.count("<details") == html.count("</details>") == len(summaries)
    assert "in src/parts/&lt;b&gt;.tsx" in html
