"""CSV files that a program made are shown as tables too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.code_arena import answer, prompt
from polyarena import Execution, Part, Table
from polyarena.sandbox import OutputFile
from polyarena.testing import job_result, step_result

pytestmark = pytest.mark.anyio

ONE = "```python\nprint(1)\n```"


async def parts_of(*files: tuple[str, bytes]) -> list[Part]:
    made = [OutputFile(name, data) for name, data in files]
    answered = await answer(ONE, prompt(), job_result(step_result(), files=made))
    return [part for part in answered.parts if isinstance(part, (Table, Execution))]


async def test_a_table_follows_the_run_that_made_it_and_the_file_stays() -> None:
    execution, table = await parts_of(("sub/out.csv", b"a,b\n1,<2>\n3\n"))
    assert isinstance(execution, Execution)
    assert [file.filename for file in execution.files] == ["sub/out.csv"]
    assert table == Table(header=("a", "b"), rows=(("1", "<2>"), ("3", "")), caption="sub/out.csv")


@pytest.mark.parametrize(
    ("name", "data"),
    [("t.tsv", b"a\tb\n1\t2"), ("t.csv", b"\xef\xbb\xbfa;b\n1;2"), ("T.CSV", b"a,b\r\n1,2")],
)
async def test_other_separators(name: str, data: bytes) -> None:
    _, table = await parts_of((name, data))
    assert isinstance(table, Table)
    assert (table.header, table.rows) == (("a", "b"), (("1", "2"),))


async def test_long_and_wide_ones_are_cut_and_that_is_said() -> None:
    line = ",".join(str(n) for n in range(40))
    _, table = await parts_of(("big.csv", f"{line}\n".encode() * 500))
    assert isinstance(table, Table)
    assert (len(table.header), len(table.rows)) == (12, 20)
    assert table.caption == "big.csv: its beginning"


async def test_what_is_no_table_is_a_file_only() -> None:
    files = [("a.csv", b""), ("b.csv", b"alone\n"), ("c.txt", b"a,b\n1,2\n")]
    assert len(await parts_of(*files)) == 1


async def test_at_most_three_are_shown() -> None:
    assert len(await parts_of(*((f"{n}.csv", b"a,b\n1,2\n") for n in range(9)))) == 4


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    from polyarena_code.tables import tables_of

    for table in tables_of([OutputFile("x.csv", data)]):
        assert all(len(row) == len(table.header) for row in table.rows)
