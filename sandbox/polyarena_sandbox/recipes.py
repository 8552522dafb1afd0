"""The languages that programs may be written in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from polyarena import BadJob
from polyarena.apps import APP, BUILD, BUILD_REPORT, BUNDLE, LOOK, SEEN, SOURCES
from polyarena.sandbox import Language

from .recipe import Recipe, commands

__all__ = ["RECIPES", "TOOLS", "Recipe", "commands", "recipe_of"]

_PROGRAM = "/tmp/program"  # noqa: S108

_PYTHON = Recipe(
    Language(
        id="python",
        title="Python",
        version="3.11",
        main="main.py",
        extensions=("py",),
        aliases=("py", "python3"),
        libraries=("numpy", "scipy", "pandas", "matplotlib", "pillow", "sympy", "pytest"),
    ),
    image="python",
    compile=(),
    run=("python", "{main}"),
    environment={
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    },
)
_JAVASCRIPT = Recipe(
    Language(
        id="javascript",
        title="JavaScript",
        version="Node.js 24",
        main="main.js",
        extensions=("js", "mjs", "cjs"),
        aliases=("js", "node", "nodejs"),
    ),
    image="node",
    compile=(),
    run=("node", "{main}"),
    environment={},
)
_TYPESCRIPT = Recipe(
    Language(
        id="typescript",
        title="TypeScript",
        version="7.0",
        main="main.ts",
        extensions=("ts", "mts"),
        aliases=("ts",),
        compiled=True,
    ),
    image="node",
    compile=("sh", "/usr/local/lib/compile-typescript.sh", "{main}", _PROGRAM),
    run=("node", "--enable-source-maps", f"{_PROGRAM}/{{stem}}.js"),
    environment={},
)
_C = Recipe(
    Language(
        id="c",
        title="C",
        version="C17",
        main="main.c",
        extensions=("c",),
        compiled=True,
    ),
    image="native",
    compile=(
        *("gcc", "-std=gnu17", "-O2", "-Wall", "-pthread", "-I."),
        *("-o", _PROGRAM, "{files}", "-lm"),
    ),
    run=(_PROGRAM,),
    environment={},
)
_CPP = Recipe(
    Language(
        id="cpp",
        title="C++",
        version="C++20",
        main="main.cpp",
        extensions=("cpp", "cc", "cxx"),
        aliases=("c++", "cc", "cxx"),
        compiled=True,
    ),
    image="native",
    compile=(
        *("g++", "-std=gnu++20", "-O2", "-Wall", "-pthread", "-I."),
        *("-o", _PROGRAM, "{files}"),
    ),
    run=(_PROGRAM,),
    environment={},
)
_GO = Recipe(
    Language(
        id="go",
        title="Go",
        version="1.23",
        main="main.go",
        extensions=("go",),
        aliases=("golang",),
        compiled=True,
    ),
    image="go",
    compile=("go", "build", "-o", _PROGRAM, "{package}"),
    run=(_PROGRAM,),
    environment={
        "CGO_ENABLED": "0",
        "GOCACHE": "/opt/go-cache",
        # It would want to write an index of a module's packages into the image.
        "GODEBUG": "goindex=0",
        "GOFLAGS": "-buildvcs=false",
        "GOMAXPROCS": "2",
        "GOPATH": "/tmp/go",  # noqa: S108
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
        "XDG_CONFIG_HOME": "/tmp",  # noqa: S108
    },
)
_RUST = Recipe(
    Language(
        id="rust",
        title="Rust",
        version="1.96",
        main="main.rs",
        extensions=("rs",),
        aliases=("rs",),
        compiled=True,
    ),
    image="rust",
    compile=("rustc", "--edition=2021", "-Copt-level=2", "-o", _PROGRAM, "{main}"),
    run=(_PROGRAM,),
    environment={},
)
_JAVA = Recipe(
    Language(
        id="java",
        title="Java",
        version="17",
        main="Main.java",
        extensions=("java",),
        compiled=True,
    ),
    image="java",
    compile=(
        *("javac", "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1", "-J-XX:-UsePerfData"),
        "-J-XX:SharedArchiveFile=/opt/java/lib/javac.jsa",
        *("-encoding", "UTF-8", "-d", _PROGRAM, "{files}"),
    ),
    run=(
        *("java", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:MaxRAMPercentage=60"),
        *("-cp", _PROGRAM, "{class}"),
    ),
    environment={},
)
_BASH = Recipe(
    Language(
        id="bash",
        title="Bash",
        version="5.2",
        main="main.sh",
        extensions=("sh", "bash"),
        aliases=("sh", "shell"),
        libraries=("bc", "gawk", "jq", "sqlite3"),
    ),
    image="shell",
    compile=(),
    run=("bash", "{main}"),
    environment={},
)
_SQL = Recipe(
    Language(
        id="sql",
        title="SQL (SQLite)",
        version="3.40",
        main="main.sql",
        extensions=("sql",),
        aliases=("sqlite", "sqlite3"),
    ),
    image="shell",
    compile=(),
    run=(
        *("sqlite3", "-batch", "-bail", "-box", "-nullvalue", "NULL"),
        *(":memory:", ".read '{main}'"),
    ),
    environment={},
)

_ASK = ("warden", "--ask", "/tmp/worker")  # noqa: S108
_BUILD = Recipe(
    Language(
        id=BUILD,
        title="Building web apps",
        version="esbuild 0.28, Vite 8",
        main="",
        extensions=(),
        kind="tool",
    ),
    image="web",
    compile=(),
    run=(*_ASK, f"/work/{SOURCES}", f"/work/{BUNDLE}", f"/work/{BUILD_REPORT}"),
    environment={},
)
_LOOK = Recipe(
    Language(
        id=LOOK,
        title="Looking at web apps",
        version="Chromium",
        main="",
        extensions=(),
        kind="tool",
    ),
    image="browser",
    compile=(),
    run=(*_ASK, f"/work/{APP}", f"/work/{SEEN}"),
    environment={},
)

_PROGRAMS = (_PYTHON, _JAVASCRIPT, _TYPESCRIPT, _C, _CPP, _GO, _RUST, _JAVA, _BASH, _SQL)

RECIPES: Mapping[str, Recipe] = MappingProxyType({each.language.id: each for each in _PROGRAMS})
"""The recipes of programs by the ids of their languages."""

TOOLS: Mapping[str, Recipe] = MappingProxyType({BUILD: _BUILD, LOOK: _LOOK})
"""Those of tools, which work on the files of a job."""

_BY_NAME = {
    name: each
    for each in (*RECIPES.values(), *TOOLS.values())
    for name in (each.language.id, *each.language.aliases)
}


def recipe_of(name: str) -> Recipe:
    """The recipe of a tool by its id, or of a language by its id or another name of it.

    Raises:
        BadJob: there is no such language; the message lists those there are.
    """
    if recipe := _BY_NAME.get(name.lower()):
        return recipe
    raise BadJob(f"There is no language {name!r}; there are {', '.join(RECIPES)}.")
