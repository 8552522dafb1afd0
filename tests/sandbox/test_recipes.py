"""What is compiled and started for a job in each language."""

from __future__ import annotations

import pytest

from polyarena import BadJob
from polyarena.apps import BUILD, LOOK
from polyarena.sandbox import Job, SourceFile, Step
from polyarena_sandbox.images import IMAGES
from polyarena_sandbox.limits import Limits
from polyarena_sandbox.protocol import Command
from polyarena_sandbox.recipes import RECIPES, Recipe, commands, recipe_of

LIMITS = Limits(seconds=10, compile_seconds=40)


def told(
    language: str,
    *names: str,
    main: str = "",
    steps: tuple[Step, ...] = (Step(),),
    seconds: float | None = None,
    text: bytes = b"",
) -> tuple[Command, ...]:
    files = tuple(SourceFile(name, text) for name in names)
    job = Job(language, files, main, steps, seconds)
    return commands(recipe_of(language), job, LIMITS)


def started(language: str, *names: str, main: str = "", text: bytes = b"") -> tuple[str, ...]:
    return told(language, *names, main=main, text=text)[-1].argv


def compiled(language: str, *names: str, main: str = "") -> tuple[str, ...]:
    first, _ = told(language, *names, main=main)
    assert first.name == "compile"
    return first.argv


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_language_is_found_by_all_its_names(recipe: Recipe) -> None:
    assert recipe.image in IMAGES
    for name in (recipe.language.id, *recipe.language.aliases):
        assert recipe_of(name.upper()) is recipe


def test_no_name_stands_for_two_languages() -> None:
    names = [n for r in RECIPES.values() for n in (r.language.id, *r.language.aliases)]
    endings = [ending for r in RECIPES.values() for ending in r.language.extensions]
    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_language_that_is_compiled_says_so_and_its_main_file_is_of_it(recipe: Recipe) -> None:
    assert recipe.language.compiled == bool(recipe.compile)
    assert recipe.language.main.endswith(f".{recipe.language.extensions[0]}")
    names = [command.name for command in told(recipe.language.id, recipe.language.main)]
    assert names == ["compile"] * recipe.language.compiled + ["run"]


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadJob, match=r"'cobol'; there are python, javascript, .*, sql\."):
        recipe_of("cobol")


def test_every_step_is_started_with_its_own_input_and_arguments() -> None:
    steps = (
        Step("one", b"1\n", ("-v", "{main}")),
        Step("two", command=("python", "-m", "pytest"), arguments=("-q",)),
    )
    one, two = told("python", "main.py", steps=steps)
    assert one == Command("one", ("python", "main.py", "-v", "{main}"), b"1\n", 10)
    assert two == Command("two", ("python", "-m", "pytest", "-q"), b"", 10)


@pytest.mark.parametrize(("wanted", "given"), [(None, 10), (3, 3), (600, 10)])
def test_a_step_has_the_time_it_wants_within_the_limit(wanted: float | None, given: float) -> None:
    first, second = told("c", "main.c", seconds=wanted)
    assert (first.seconds, second.seconds) == (40, given)


@pytest.mark.parametrize(
    ("names", "main", "file"),
    [
        (("a.py", "main.py"), "", "main.py"),
        (("data.csv", "b.py", "a.py"), "", "b.py"),
        (("main.py", "b.py"), "b.py", "b.py"),
        (("main.py", "script"), "script", "script"),
        (("-c.py",), "", "./-c.py"),
        (("lib/-c.py",), "", "lib/-c.py"),
    ],
)
def test_the_main_file_is_the_named_the_usual_or_the_first(
    names: tuple[str, ...], main: str, file: str
) -> None:
    assert started("python", *names, main=main) == ("python", file)


def test_a_job_without_a_file_to_start_is_refused() -> None:
    with pytest.raises(BadJob, match=r"no file of Python, such as main\.py"):
        told("python", "notes.txt")
    with pytest.raises(BadJob, match=r"no file of Python"):
        told("python")
    with pytest.raises(BadJob, match=r"no file 'other\.py'"):
        told("python", "main.py", main="other.py")


def test_no_step_can_pass_for_the_compilers() -> None:
    with pytest.raises(BadJob, match="cannot be named 'compile'"):
        told("python", "main.py", steps=(Step(), Step("compile")))


def test_all_sources_of_c_and_cpp_are_compiled_and_no_headers() -> None:
    argv = compiled("c", "main.c", "util.h", "lib/util.c", "@x.c", "data.txt", "a.cpp")
    assert argv[0] == "gcc"
    assert argv[-4:] == ("main.c", "lib/util.c", "./@x.c", "-lm")
    assert compiled("c++", "main.cpp", "b.cc", "b.hpp", "a.c")[-2:] == ("main.cpp", "b.cc")
    assert started("cpp", "main.cpp") == ("/tmp/program",)


def test_go_compiles_the_package_of_the_main_file_without_its_tests() -> None:
    names = ("go.mod", "cmd/app/main.go", "cmd/app/more.go", "cmd/app/main_test.go", "lib/lib.go")
    argv = compiled("go", *names, main="cmd/app/main.go")
    assert argv == ("go", "build", "-o", "/tmp/program", "cmd/app/main.go", "cmd/app/more.go")


def test_rust_and_typescript_compile_the_main_file_and_find_the_rest() -> None:
    assert compiled("rust", "util.rs", "main.rs")[-2:] == ("/tmp/program", "main.rs")
    assert compiled("ts", "util.ts", "src/app.ts", main="src/app.ts")[-2] == "src/app.ts"
    assert started("ts", "src/app.ts", main="src/app.ts")[-1] == "/tmp/program/src/app.js"


@pytest.mark.parametrize(
    ("name", "text", "starts"),
    [
        ("Main.java", b"class Main {}", "Main"),
        ("src/Tool.java", b"import java.util.*;\nclass Tool {}", "Tool"),
        ("Tool.java", b"// A tool\npackage  org.tools ;\n\nclass Tool {}", "org.tools.Tool"),
    ],
)
def test_java_starts_the_class_of_the_main_file(name: str, text: bytes, starts: str) -> None:
    assert started("java", name, main=name, text=text)[-1] == starts


def test_a_file_of_sql_is_never_taken_for_a_command() -> None:
    assert started("sql", "|ls.sql")[-1] == ".read './|ls.sql'"
    assert started("sql", "my query.sql")[-1] == ".read 'my query.sql'"


def test_a_tool_is_given_all_files_and_its_steps_arguments() -> None:
    (step,) = told(BUILD, "src/{main}", steps=(Step("build", arguments=("{}",)),))
    assert step.argv[:3] == ("warden", "--ask", "/tmp/worker")
    assert step.argv[3:] == ("/work/src", "/work/dist", "/work/build.json", "{}")
    with pytest.raises(BadJob, match="no file to work on"):
        told(LOOK)
