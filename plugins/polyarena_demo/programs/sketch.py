"""A program about the keywords of a prompt, for a task that nobody knows by heart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .source import Source

_PYTHON = """
# Weights of the things that were asked about.
weights = {{
{pairs}
}}

for name, weight in sorted(weights.items(), key=lambda pair: -pair[1]){cut}:
    print(f"{{name:<14}}{{weight:>3}} {{'#' * weight}}")
print("total", sum(weights.values()))
"""
_PLOT = """
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

names = [{names}]
weights = [{numbers}]

# Bars lie, so that long names can be read.
plt.barh(names{cut}, weights{cut}, color="#4477aa")
plt.title("What weighs how much")
plt.tight_layout()
plt.savefig("weights.png", dpi=120)
print("drawn:", ", ".join(names{cut}))
"""
_JAVASCRIPT = """
// Weights of the things that were asked about.
const weights = [{rows}]

weights.sort((a, b) => b[1] - a[1])
for (const [name, weight] of weights{cut}) {{
  console.log(name.padEnd(14), String(weight).padStart(2), '#'.repeat(weight))
}}
console.log('total', weights.reduce((sum, [, weight]) => sum + weight, 0))
"""
_TYPESCRIPT = """
// Weights of the things that were asked about.
type Row = [string, number]
const weights: Row[] = [{rows}]

weights.sort((a: Row, b: Row) => b[1] - a[1])
for (const [name, weight] of weights{cut}) {{
  console.log(name.padEnd(14), String(weight).padStart(2), '#'.repeat(weight))
}}
"""
_C = """
#include <stdio.h>

int main(void) {{
    // Weights of the things that were asked about.
    const char *names[] = {{{names}}};
    int weights[] = {{{numbers}}};
    int total = 0;
    for (int i = 0; i < {count}; i++) {{
        printf("%-14s %2d\\n", names[i], weights[i]);
        total += weights[i];
    }}
    printf("total %d\\n", total);
    return 0;
}}
"""
_CPP = """
#include <iomanip>
#include <iostream>
#include <map>
#include <string>

int main() {{
    // A map keeps the names in order.
    std::map<std::string, int> weights{{{braced}}};
    int total = 0;
    for (const auto& [name, weight] : weights) {{
        std::cout << std::left << std::setw(14) << name << std::string(weight, '#') << '\\n';
        total += weight;
    }}
    std::cout << "total " << total << '\\n';
}}
"""
_GO = """
package main

import "fmt"

func main() {{
	// Weights of the things that were asked about.
	names := []string{{{names}}}
	weights := []int{{{numbers}}}
	total := 0
	for i, name := range names{cut} {{
		fmt.Printf("%-14s %2d\\n", name, weights[i])
		total += weights[i]
	}}
	fmt.Println("total", total)
}}
"""
_RUST = """
fn main() {{
    // Weights of the things that were asked about.
    let mut weights: Vec<(&str, usize)> = vec![{tuples}];
    weights.sort_by(|a, b| b.1.cmp(&a.1));
    for (name, weight) in weights.iter().take({count}) {{
        println!("{{:<14}} {{}}", name, "#".repeat(*weight));
    }}
    println!("total {{}}", weights.iter().map(|pair| pair.1).sum::<usize>());
}}
"""
_JAVA = """
public class Main {{
    public static void main(String[] args) {{
        // Weights of the things that were asked about.
        String[] names = {{{names}}};
        int[] weights = {{{numbers}}};
        int total = 0;
        for (int i = 0; i < {count}; i++) {{
            System.out.println(names[i] + " " + "#".repeat(weights[i]));
            total += weights[i];
        }}
        System.out.println("total " + total);
    }}
}}
"""
_BASH = """
#!/usr/bin/env bash
# Weights of the things that were asked about.
names=({spaced})
weights=({numbers_spaced})
total=0
for ((i = 0; i < {count}; i++)); do
  printf '%-14s %2d\\n' "${{names[i]}}" "${{weights[i]}}"
  total=$((total + weights[i]))
done
echo "total $total"
"""
_SQL = """
CREATE TABLE weights (name TEXT PRIMARY KEY, weight INTEGER NOT NULL);
INSERT INTO weights VALUES {sql_rows};
-- The heaviest first.
SELECT name, weight FROM weights ORDER BY weight DESC LIMIT {count};
SELECT 'total', SUM(weight) FROM weights;
"""
_TEMPLATES: Mapping[str, str] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "c": _C,
    "cpp": _CPP,
    "go": _GO,
    "rust": _RUST,
    "java": _JAVA,
    "bash": _BASH,
    "sql": _SQL,
}
_CUTS = {"python": "[:-1]", "javascript": ".slice(1)", "typescript": ".slice(1)", "go": "[1:]"}


def sketch(language: str, names: Sequence[str], numbers: Sequence[int], *, plot: bool) -> Source:
    """A program that lists names with their weights; as a plot, where Python is asked for one."""
    template = _PLOT if plot and language == "python" else _TEMPLATES[language]
    return _filled(template, language, names, numbers, cut=False)


def flawed_sketch(language: str, names: Sequence[str], numbers: Sequence[int]) -> Source:
    """The same, but it loses one of the names."""
    return _filled(_TEMPLATES[language], language, names, numbers, cut=True)


def _filled(
    template: str, language: str, names: Sequence[str], numbers: Sequence[int], *, cut: bool
) -> Source:
    quoted = [f'"{name}"' for name in names]
    pairs = list(zip(quoted, numbers, strict=True))
    text = template.format(
        names=", ".join(quoted),
        numbers=", ".join(map(str, numbers)),
        pairs="\n".join(f"    {name}: {number}," for name, number in pairs),
        rows=", ".join(f"[{name}, {number}]" for name, number in pairs),
        braced=", ".join(f"{{{name}, {number}}}" for name, number in pairs),
        tuples=", ".join(f"({name}, {number})" for name, number in pairs),
        spaced=" ".join(quoted),
        numbers_spaced=" ".join(map(str, numbers)),
        sql_rows=", ".join(
            f"('{name}', {number})" for name, number in zip(names, numbers, strict=True)
        ),
        count=len(names) - 1 if cut else len(names),
        cut=_CUTS.get(language, "") if cut else "",
    )
    remark = "The list at the top is the only thing to change."
    return Source(language, text, "It is short, as it should be." if cut else remark)
