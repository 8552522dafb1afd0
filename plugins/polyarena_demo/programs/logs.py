"""A summary of log files in Bash."""

from __future__ import annotations

from .source import Piece, Source

_FILES = """
mkdir -p logs
levels=(INFO INFO WARN INFO ERROR INFO WARN)
for number in 1 2 3 4 5; do
  for line in $(seq 1 $((6 + number * 3))); do
    level=${levels[$(((line * number) % 7))]}
    printf '2024-05-01 12:%02d:%02d %s message %d\\n' "$number" "$line" "$level" "$line"
  done > "logs/app-$number.log"
done
"""

_GOOD = f"""
#!/usr/bin/env bash
set -euo pipefail

# Five files whose lines are the same in every run.
{_FILES.strip()}

# One pass over all files; the third word of a line is its level.
awk '
  {{ seen[FILENAME, $3]++; total[$3]++; lines[FILENAME]++ }}
  FNR == 1 {{ files[++count] = FILENAME }}
  END {{
    format = "%-16s %6s %6s %6s %6s\\n"
    printf format, "file", "INFO", "WARN", "ERROR", "all"
    for (i = 1; i <= count; i++) {{
      f = files[i]
      printf format, f, seen[f, "INFO"] + 0, seen[f, "WARN"] + 0, seen[f, "ERROR"] + 0, lines[f]
    }}
    printf format, "total", total["INFO"] + 0, total["WARN"] + 0, total["ERROR"] + 0, NR
  }}
' logs/*.log
"""

_PLAIN = f"""
#!/bin/bash
{_FILES.strip()}

# grep counts, the shell adds.
info=0 warn=0 error=0
for file in logs/*.log; do
  i=$(grep -c ' INFO ' "$file")
  w=$(grep -c ' WARN ' "$file")
  e=$(grep -c ' ERROR ' "$file")
  echo "$file: INFO $i, WARN $w, ERROR $e"
  info=$((info + i)) warn=$((warn + w)) error=$((error + e))
done
echo "total: INFO $info, WARN $warn, ERROR $error"
"""

_FLAWED = f"""
#!/bin/bash
{_FILES.strip()}

# All levels at once.
for file in logs/*.log; do
  echo $file
  cut -d' ' -f3 $file | uniq -c
done
"""

PIECE = Piece(
    frozenset({"log", "logs", "folder", "level", "levels", "totals"}),
    Source("bash", _GOOD, "One pass of awk, however many files there are."),
    Source("bash", _PLAIN, "grep counts each level, and the shell adds them up."),
    Source("bash", _FLAWED, "uniq does the counting."),
)
