"""Telling a language by its looks; every pattern is bounded, and reads one line at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINES_READ = 400
COLUMNS_READ = 300
STRONG = 3

_PATTERNS: dict[str, tuple[tuple[int, str], ...]] = {
    "python": (
        (3, r"def \w{1,80}\(.{0,200}:\s*(?:#.*|return\b.*|pass)?$"),
        (3, r"async def \w"),
        (3, r"from [\w.]{1,80} import [\w(*]"),
        (3, r"import [\w.]{1,60}(?: as \w{1,40})?(?:, ?[\w.]{1,60}){0,9}\s*(?:#.*)?$"),
        (3, r"class \w{1,80}(?:\([\w., =]{0,120}\))?:\s*$"),
        (3, r"if __name__ ?== ?['\"]__main__"),
        (3, r"#!.{0,80}python"),
        (2, r"(?:elif\b.{1,200}|else|try|finally|except\b.{0,120}|with .{1,200}):\s*$"),
        (2, r"(?:for \w.{0,80} in .{1,200}|while .{1,200}|if .{1,200}):\s*$"),
        (3, r"print\(.{0,250}\)\s*(?:#.*)?$"),
        (3, r"for \w{1,40}(?:, ?\w{1,40}){0,3} in (?:range|enumerate|zip|sorted|open)\("),
        (1, r"[a-z_]\w{0,60} = .{1,200}[^;{]$"),
    ),
    "javascript": (
        (3, r"console\.(?:log|error|table)\("),
        (3, r"(?:const|let|var) (?:\w{1,60}|[\[{].{1,120}[\]}]) ?= ?\S"),
        (3, r"(?:export (?:default )?)?(?:async )?function\*? ?\w{0,60}\(.{0,200}\) ?\{"),
        (3, r"import .{1,120} from ['\"]"),
        (3, r"#!.{0,80}node"),
        (3, r"(?:const|let|var) .{1,120}require\("),
        (2, r"(?:module\.)?exports(?:\.\w{1,60})? = "),
        (2, r".{0,200}=> ?[\w({\[]"),
        (2, r"process\.(?:stdin|stdout|argv)"),
        (1, r".{0,200};\s*$"),
    ),
    "typescript": (
        (4, r"(?:export )?interface \w{1,60}(?:<.{1,60}>)? ?(?:extends .{1,60})?\{"),
        (4, r"(?:export )?type \w{1,60}(?:<.{1,60}>)? ?= "),
        (4, r"(?:const|let|var) \w{1,60}: ?[\w<>\[\]|{ ]{1,80}"),
        (4, r"(?:export )?(?:async )?function \w{1,60}(?:<.{1,60}>)?\(.{0,120}\w\??: ?\w"),
        (4, r"(?:private|public|readonly) \w{1,60}\??: ?\w"),
        (4, r".{0,120}\): ?(?:string|number|boolean|void|Promise<.{1,60}>)(?:\[\])? ?(?:\{|=>)"),
        (2, r"(?:const|let|var) \w{1,60} ?= ?\S"),
        (2, r"console\.log\("),
    ),
    "c": (
        (4, r"#\s?include\s?[<\"](?:stdio|stdlib|string|stdint|stdbool|math|ctype|unistd)\.h"),
        (3, r"(?:int|void) main\((?:void|int .{0,60})?\)"),
        (2, r"(?:printf|scanf|malloc|free|puts)\(.{0,250};"),
        (2, r"(?:typedef )?struct \w{0,60} ?\{"),
        (1, r"(?:int|char|long|double|float|unsigned|size_t) \*?\w{1,60}(?: = .{1,120})?[;,]"),
    ),
    "cpp": (
        (6, r"#\s?include\s?<(?:bits/stdc\+\+\.h|[a-z_]{2,30})>"),
        (6, r"using namespace \w"),
        (4, r".{0,200}\bstd::\w"),
        (4, r"(?:cout|cin|cerr) ?(?:<<|>>)"),
        (3, r"template ?<"),
        (3, r"(?:int|auto) main\((?:void|int .{0,60})?\)"),
        (2, r"(?:vector|map|set|pair|unordered_map)<.{1,80}> ?&?\w"),
    ),
    "go": (
        (5, r"package \w{1,60}\s*$"),
        (4, r"func (?:\(\w{1,40} \*?\w{1,40}\) )?\w{1,60}\(.{0,200}\{\s*$"),
        (3, r".{0,120}fmt\.(?:Print|Sprint|Scan|Fprint)"),
        (2, r"[\w, ]{1,60} := \S"),
        (2, r"type \w{1,60} (?:struct|interface) ?\{"),
    ),
    "rust": (
        (5, r"(?:pub )?(?:async )?fn \w{1,60}(?:<.{1,60}>)?\(.{0,200}"),
        (5, r"(?:use|extern crate) (?:std|crate|self)(?:::[\w{}:*, ]{1,80})?;"),
        (3, r"let mut \w"),
        (3, r"(?:e?print(?:ln)?|vec|format|panic)![\[(]"),
        (3, r"impl(?:<.{1,60}>)? \w"),
        (3, r"#\[derive\("),
    ),
    "java": (
        (6, r"(?:public |final |abstract ){1,3}(?:class|interface|record|enum) \w"),
        (5, r"public static void main\("),
        (5, r"import (?:static )?java[x.][\w.*]{1,80};"),
        (4, r"System\.out\.print"),
        (2, r"(?:public|private|protected) (?:static )?[\w<>\[\]]{1,60} \w{1,60}\("),
    ),
    "bash": (
        (6, r"#!.{0,80}\b(?:ba|z|k|da)?sh\b"),
        (3, r"set -[euxo]"),
        (3, r"(?:if|elif|while) \[{1,2} .{1,200}\]{1,2}"),
        (3, r"(?:for \w{1,40} in .{1,200}|while read .{0,100}); ?do\b"),
        (2, r"(?:done|fi|esac)(?: [<|].{0,100})?\s*$"),
        (2, r"(?:echo|printf) [\"'$\w-]"),
        (2, r"(?:grep|awk|sed|sort|find|cut|tr|xargs|wc|ls|cat|mkdir|head|tail|uniq) [-\"'$./|\w]"),
        (2, r"[A-Za-z_]\w{0,40}=(?:\$|\"|'|\d)"),
        (2, r"\w{1,60} ?\(\) ?\{"),
    ),
    "sql": (
        (5, r"CREATE (?:TEMP |TEMPORARY )?(?:TABLE|VIEW|INDEX) "),
        (5, r"create (?:table|view) (?:if not exists )?\w{1,60} ?(?:\(|as\b)"),
        (5, r"INSERT INTO \w|insert into \w{1,60} ?(?:\(|values|select)"),
        (4, r"SELECT\b.{0,200}\bFROM\b|SELECT [\w*.(].{0,200}[,;]\s*$"),
        (4, r"select .{1,200} from .{1,200};\s*$"),
        (4, r"(?:WITH|with) (?:RECURSIVE |recursive )?\w{1,60}(?:\(.{0,100}\))? (?:AS|as) ?\("),
        (3, r"(?:SELECT|UPDATE|DELETE FROM|DROP TABLE|PRAGMA) \w"),
        (2, r"(?:GROUP BY|ORDER BY|LEFT JOIN|INNER JOIN|JOIN|WHERE|HAVING|FROM) \w"),
    ),
}
_COMPILED = {
    language: tuple((weight, re.compile(pattern)) for weight, pattern in patterns)
    for language, patterns in _PATTERNS.items()
}


def score(lines: Sequence[str], language: str) -> int:
    """How much lines look like a language: each pattern counts twice at most."""
    seen = [0] * len(_COMPILED[language])
    for line in lines[:LINES_READ]:
        short = line[:COLUMNS_READ].strip()
        for place, (_, pattern) in enumerate(_COMPILED[language]):
            if seen[place] < 2 and pattern.match(short):
                seen[place] += 1
                break
    return sum(count * weight for count, (weight, _) in zip(seen, _COMPILED[language], strict=True))


def guess(text: str, asked: str = "") -> str:
    """The language that a text looks like, or an empty string.

    The language that was asked for wins where it looks like that at all, and like nothing else
    more than twice as much.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    scores = {language: score(lines, language) for language in _COMPILED}
    best = max(scores, key=scores.__getitem__)
    if asked in scores and scores[asked] and scores[asked] * 2 >= scores[best]:
        return asked
    return best if scores[best] >= STRONG else ""


def is_strong(line: str) -> bool:
    """Whether a line can hardly be anything but code."""
    return any(
        weight >= STRONG and pattern.match(line[:COLUMNS_READ])
        for patterns in _COMPILED.values()
        for weight, pattern in patterns
    )
