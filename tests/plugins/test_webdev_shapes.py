"""Apps are found in answers of every shape that models give them."""

from __future__ import annotations

import json

import pytest

from kit.webdev_arena import Answered, answer

pytestmark = pytest.mark.anyio

PAGE = "<!doctype html>\n<html><head><title>A</title></head>\n<body><h1>Hi</h1></body>\n</html>"
LINKED = (
    '<!doctype html><html><head><link rel="stylesheet" href="look.css"></head>'
    '<body><script src="js/game.js"></script></body></html>'
)
APP = "export default function App() {\n  return <h1>Hi</h1>;\n}"
SKETCH = "function setup() {\n  createCanvas(9, 9);\n}\nfunction draw() {}"


def fence(text: str, info: str = "") -> str:
    return f"```{info}\n{text}\n```"


NAMED = "Here it is.\n\n{}\n\nAnd its style:\n\n{}\n\nEnjoy!"
SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "one page": (f"Sure!\n\n{fence(PAGE, 'html')}\n\nDone.", {"index.html": PAGE}),
    "a page without a word": (fence(PAGE), {"index.html": PAGE}),
    "a page that is all of the answer": (PAGE, {"index.html": PAGE}),
    "a page in the midst of words": (f"Here:\n{PAGE}\nThat is it.", {"index.html": PAGE}),
    "a page that is cut off": (f"```html\n{PAGE[:60]}", {"index.html": PAGE[:60]}),
    "the name in the fence": (
        NAMED.format(fence(APP, "tsx src/App.tsx"), fence("a{}", "css src/a.css")),
        {"src/App.tsx": APP, "src/a.css": "a{}"},
    ),
    "the name after a colon": (fence(APP, "tsx:src/App.tsx"), {"src/App.tsx": APP}),
    "the name as a title": (fence(APP, 'jsx title="App.jsx"'), {"App.jsx": APP}),
    "the name above": (
        f"**src/App.jsx**\n{fence(APP, 'jsx')}\n\n### `src/a.css`\n\n{fence('a{}', 'css')}",
        {"src/App.jsx": APP, "src/a.css": "a{}"},
    ),
    "the name in a comment": (
        fence(f"// src/App.jsx\n{APP}", "jsx"),
        {"src/App.jsx": f"// src/App.jsx\n{APP}"},
    ),
    "a component without a name": (fence(APP, "tsx"), {"src/App.tsx": APP}),
    "a component called react": (fence(APP, "react"), {"src/App.jsx": APP}),
    "a component called javascript": (
        fence(f'import React from "react";\n{APP}', "javascript"),
        {"src/App.jsx": f'import React from "react";\n{APP}'},
    ),
    "components that import one another": (
        "\n\n".join(
            [
                fence(f'import Row from "./parts/Row";\n{APP}', "jsx"),
                fence("export default function Row() { return <p/>; }", "jsx"),
            ]
        ),
        {
            "src/App.jsx": f'import Row from "./parts/Row";\n{APP}',
            "src/parts/Row.jsx": "export default function Row() { return <p/>; }",
        },
    ),
    "three blocks as of old": (
        "\n\n".join([fence(LINKED, "html"), fence("a{}", "css"), fence("go()", "js")]),
        {"index.html": LINKED, "look.css": "a{}", "js/game.js": "go()"},
    ),
    "three blocks of which none is asked for": (
        "\n\n".join([fence(PAGE, "html"), fence("a{}", "css"), fence("go()", "js")]),
        {"index.html": PAGE, "style.css": "a{}", "script.js": "go()"},
    ),
    "a sketch": (fence(SKETCH, "javascript"), {"sketch.js": SKETCH}),
    "a vue component": (
        fence("<template><p/></template>", "vue"),
        {"src/App.vue": "<template><p/></template>"},
    ),
    "a svelte component": (fence("<p>{1}</p>", "svelte"), {"src/App.svelte": "<p>{1}</p>"}),
    "how to install it": (
        f"{fence('npm install', 'bash')}\n\n{fence(APP, 'tsx')}\n\n{fence('npm run dev')}",
        {"src/App.tsx": APP},
    ),
    "two versions": (
        f"First:\n{fence(PAGE, 'html')}\nBetter:\n{fence(PAGE.replace('Hi', 'Ho'), 'html')}",
        {"index.html": PAGE.replace("Hi", "Ho")},
    ),
    "an excerpt of a file after it": (
        f"**App.jsx**\n{fence(APP, 'jsx')}\nWhat matters in `App.jsx`:\n{fence('<h1>', 'jsx')}",
        {"App.jsx": APP},
    ),
    "JSON by the schema": (
        json.dumps({"explanation": "Hello.", "files": [{"path": "index.html", "content": PAGE}]}),
        {"index.html": PAGE},
    ),
    "JSON in a fence": (
        f"Sure.\n{fence(json.dumps({'files': {'src/App.tsx': APP}}), 'json')}",
        {"src/App.tsx": APP},
    ),
    "JSON of names and texts": (
        json.dumps({"App.jsx": APP, "a.css": "a{}"}),
        {"App.jsx": APP, "a.css": "a{}"},
    ),
    "tags": (
        f'<file path="src/App.tsx">\n{APP}\n</file>\n<file path="a.css">a{{}}</file>',
        {"src/App.tsx": APP, "a.css": "a{}"},
    ),
    "names that would leave the folder": (
        json.dumps({"files": [{"path": "../../etc/App.jsx", "content": APP}]}),
        {"etc/App.jsx": APP},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_files_of_an_app_are_found(shape: str) -> None:
    said, files = SHAPES[shape]
    answered = await answer(said)
    assert answered.files == files
    sent = {file.name: file.data.decode() for file in answered.jobs[0][0].files}
    assert sent == {f"src/{name}": text for name, text in files.items()}
    assert answered.app is not None


@pytest.mark.parametrize(
    "said",
    [
        "I would rather not.",
        fence("npm install", "bash"),
        fence('{"a": 1}', "json"),
        fence("just words", "text"),
        '{"files": []}',
        '{"files": 3, "explanation": "no"}',
    ],
)
async def test_an_answer_without_an_app_says_so(said: str) -> None:
    answered = await answer(said)
    assert answered.notes == ["*Nothing was built: there is no app in this answer.*"]
    assert (answered.app, answered.jobs) == (None, ())


async def shown(said: str) -> Answered:
    return await answer(said)


async def test_words_are_shown_and_code_is_kept_for_the_files() -> None:
    said = f"Here **it** is:\n\n{fence(PAGE, 'html')}\n\nRun it:\n\n{fence('open it', 'bash')}\nBye"
    answered = await shown(said)
    assert "Here **it** is:" in answered.said
    assert answered.said.rstrip().endswith("Bye")
    assert "<h1>" not in answered.said
    assert "*4 lines of `code`*" in answered.said
    assert "```bash\nopen it\n```" in answered.said


async def test_of_an_answer_in_json_the_explanation_is_shown() -> None:
    said = json.dumps(
        {"files": [{"path": "index.html", "content": PAGE}], "explanation": "A page."}
    )
    answered = await shown(said)
    assert answered.said == "A page."
    assert any(status.startswith("Writing") for status in answered.statuses)
    assert (await shown("{ is no JSON")).said == "{ is no JSON"


@pytest.mark.parametrize("said", ["", "a", "`a`", "- a\n- b\n", "1. a\n\n> b", "<b>a</b>\n", "~a~"])
async def test_words_alone_are_shown_as_they_are(said: str) -> None:
    assert (await shown(said)).said.strip() == said.strip()


async def test_what_is_being_written_is_told_while_it_is_kept_back() -> None:
    answered = await shown(fence("\n".join(f"<p>{n}</p>" for n in range(45)), "html"))
    assert "Writing, line 40" in answered.statuses
    assert answered.expected == ("web-build", "web-look")
