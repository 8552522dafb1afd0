"""Programs of every language, run in their images."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from kit.in_images import engine, printed, refused, run
from polyarena.sandbox import Outcome, Step

pytestmark = pytest.mark.docker


@pytest.fixture(scope="module", autouse=True)
def _images() -> Iterator[None]:
    with engine():
        yield


def test_python_reads_and_prints() -> None:
    source = "import sys\nprint('Hello, ü', input(), sys.argv[1:], flush=True)"
    assert printed("python", source, Step(stdin=b"you\n", arguments=("a b",))) == (
        "Hello, ü you ['a b']\n"
    )


def test_python_has_its_libraries() -> None:
    source = """
import numpy as np, pandas as pd, scipy.optimize, scipy.stats, sympy, PIL.Image, pytest
import numpy.testing, pandas.testing
print(np.linalg.inv(2 * np.eye(2)).sum(), round(scipy.optimize.brentq(np.cos, 1, 2), 3))
print(sympy.integrate("x**2"), pd.DataFrame({"a": [1, 2]}).a.sum(), PIL.Image.new("L", (2, 3)).size)
"""
    assert printed("python", source) == "1.0 1.571\nx**3/3 3 (2, 3)\n"


def test_a_first_plot_comes_back_without_a_word() -> None:
    source = """
import matplotlib.pyplot as plt, os
plt.plot([1, 4, 9]); plt.title("Squares"); plt.savefig("plot.png", dpi=50)
print(plt.get_backend(), [os.path.islink(e) for e in os.scandir("/tmp/matplotlib")])
"""
    (result,), files = run("python", source)
    assert (result.outcome, result.stderr, result.stdout) == (Outcome.OK, b"", b"Agg [True]\n")
    assert list(files) == ["plot.png"]
    assert struct.unpack(">4xII", files["plot.png"][12:24]) == (320, 240)


def test_pytest_tests_a_program() -> None:
    files = {
        "main.py": "def twice(n): return 2 * n",
        "test_main.py": "from main import twice\ndef test_twice(): assert twice(2) == 4",
    }
    step = Step(command=("python", "-m", "pytest", "-q"))
    assert "1 passed" in printed("python", files, step)


@pytest.mark.parametrize(
    "source",
    [
        "const fs = require('fs'); console.log('Hello', fs.readFileSync(0, 'utf8').trim());",
        "import fs from 'fs'; await 0; console.log('Hello', `${fs.readFileSync(0)}`.trim());",
        "process.stdin.on('data', (data) => console.log(`Hello ${data}`.trim()));",
    ],
)
def test_javascript_runs_of_either_kind(source: str) -> None:
    assert printed("javascript", source, Step(stdin=b"you\n")) == "Hello you\n"


@pytest.mark.parametrize(
    "files",
    [
        {"main.ts": "enum E { A, B }; if (require.main === module) console.log(E.B as number);"},
        {"main.ts": "const one: number = await Promise.resolve(1);\nconsole.log(one);"},
        {"main.mts": "import { log } from 'node:console'; log(1, typeof import.meta.url == null);"},
        {
            "src/app.ts": "import { one } from './lib';\nimport { n } from '../n.js';"
            "log(one * n);\nfunction log(what: number) { console.log(what); }",
            "src/lib.ts": "export const one: number = 1;",
            "n.js": "export const n = 1;",
        },
    ],
)
def test_typescript_runs_of_any_kind(files: dict[str, str]) -> None:
    assert printed("typescript", files).split()[0] == "1"


def test_a_wrong_type_is_a_compilers_error() -> None:
    said = refused("typescript", "const n: number = 'one';\nconsole.log(n);")
    assert said == "main.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.\n"


def test_typescript_fails_where_its_source_does() -> None:
    (_, result), _ = run("typescript", "interface I { a: string }\n\nthrow new Error('no');")
    assert b"/work/main.ts:3" in result.stderr


def test_c_of_several_files() -> None:
    files = {
        "main.c": '#include "lib/twice.h"\n#include <stdio.h>\n#include <math.h>\n'
        'int main(void) { int n; scanf("%d", &n);'
        ' printf("%d %.0f %ld\\n", twice(n), sqrt(n), __STDC_VERSION__); }',
        "lib/twice.h": "int twice(int n);",
        "lib/twice.c": '#include "twice.h"\nint twice(int n) { return 2 * n; }',
    }
    results, _ = run("c", files, Step(stdin=b"9\n"))
    assert [r.outcome for r in results] == [Outcome.OK, Outcome.OK]
    assert results[1].stdout == b"18 3 201710\n"


def test_cpp_with_threads_and_ranges() -> None:
    source = """
#include <bits/stdc++.h>
int main() {
    std::vector<int> v{3, 1, 2};
    std::thread([&] { std::ranges::sort(v); }).join();
    std::cout << v.front() << ' ' << __cplusplus << '\\n';
}
"""
    assert printed("c++", source) == "1 202002\n"
    assert "error: expected" in refused("c++", "int main() { return 0 }")


def test_go_of_several_packages() -> None:
    files = {
        "main.go": 'package main\n\nimport (\n\t"app/lib"\n\t"encoding/json"\n\t"fmt"\n\t"net/http"'
        '\n\t"slices"\n)\n\nfunc main() {\n\ttext, _ := json.Marshal(slices.Sorted(lib.All()))\n'
        "\tfmt.Println(string(text), two(), http.StatusOK)\n}\n",
        "two.go": "package main\n\nfunc two() int { return max(1, 2) }\n",
        "two_test.go": "package main\n\nfunc two() int { return 0 }\n",
        "lib/lib.go": 'package lib\n\nimport (\n\t"iter"\n\t"slices"\n)\n\n'
        "func All() iter.Seq[int] { return slices.Values([]int{2, 1}) }\n",
        "go.mod": "module app\n\ngo 1.23\n",
    }
    assert printed("go", files) == "[1,2] 2 200\n"
    assert "undefined: nothing" in refused("go", "package main\n\nfunc main() { nothing() }\n")


def test_rust_of_several_files() -> None:
    files = {
        "main.rs": "mod twice;\nfn main() { let Some(n) = std::env::args().nth(1) else { return };"
        ' println!("{}", twice::twice(n.parse().unwrap())); }',
        "twice.rs": "pub fn twice(n: u32) -> u32 { 2 * n }",
    }
    assert printed("rust", files, Step(arguments=("21",))) == "42\n"
    assert "E0425" in refused("rust", "fn main() { nothing() }")


def test_java_of_several_files() -> None:
    files = {
        "org/app/Tool.java": "package org.app;\nimport java.util.*;\n"
        "class Tool { record P(int n) {} public static void main(String[] a) { System.out.println("
        'new Scanner(System.in).nextLine() + " ü " + Other.twice(new P(2).n())); } }',
        "org/app/Other.java": "package org.app;\n"
        "class Other { static int twice(int n) { return 2 * n; } }",
    }
    assert printed("java", files, Step(stdin=b"Hello\n")) == "Hello ü 4\n"
    assert "error: ';' expected" in refused("java", "class Main { int n }")


def test_bash_has_its_tools() -> None:
    source = """
read -r name; echo "Hello $name"; echo '{"a": [1, 2]}' | jq -c .a; echo '2^10' | bc
echo a b | gawk '{ print $2 }'; sqlite3 :memory: 'select 6 * 7'
"""
    said = printed("bash", source, Step(stdin=b"you\n"))
    assert said == "Hello you\n[1,2]\n1024\nb\n42\n"


def test_sql_prints_its_tables_and_stops_at_an_error() -> None:
    source = "create table t (a, b);\ninsert into t values (1, null);\nselect * from t;\n"
    table = "┌───┬──────┐\n│ a │  b   │\n├───┼──────┤\n│ 1 │ NULL │\n└───┴──────┘\n"
    assert printed("sql", source) == table
    (result,), _ = run("sql", source + "select c from t;\nselect 2;")
    assert (result.outcome, result.stdout.decode()) == (Outcome.FAILED, table)
    assert b"no such column: c" in result.stderr
