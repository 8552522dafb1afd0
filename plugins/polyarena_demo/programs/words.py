"""The most frequent words of a text in JavaScript."""

from __future__ import annotations

from .source import Piece, Source

_GOOD = r"""
const fs = require('fs')

const SHOWN = 5
const text = fs.readFileSync(0, 'utf8')

// Letters of any script, and apostrophes within a word.
const words = text.toLowerCase().match(/\p{L}+(?:'\p{L}+)*/gu) ?? []

const counts = new Map()
for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)

// Ties go by the alphabet, so that the order never changes.
const ranked = [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).slice(0, SHOWN)
const width = Math.max(0, ...ranked.map(([word]) => word.length))

for (const [word, count] of ranked) {
  console.log(`${word.padEnd(width)}  ${String(count).padStart(3)}  ${'#'.repeat(count)}`)
}
console.log(`${words.length} words, ${counts.size} of them different`)
"""

_PLAIN = r"""
const text = require('fs').readFileSync(0).toString().toLowerCase()

const counts = {}
for (const word of text.split(/\W+/)) {
  // The split leaves an empty word at the end.
  if (word) counts[word] = (counts[word] || 0) + 1
}

Object.entries(counts)
  .sort((a, b) => b[1] - a[1])
  .slice(0, 5)
  .forEach(([word, count]) => console.log(word + ': ' + '#'.repeat(count) + ' ' + count))
"""

_FLAWED = r"""
const text = require('fs').readFileSync(0).toString()

// A word is what stands between two blanks.
const counts = {}
for (const word of text.split(' ')) {
  counts[word] = (counts[word] || 0) + 1
}

const names = Object.keys(counts).sort((a, b) => counts[b] - counts[a])
for (let i = 0; i <= 5; i++) {
  console.log(names[i], '#'.repeat(counts[names[i]]))
}
"""

PIECE = Piece(
    frozenset({"words", "word", "frequent", "counts", "count"}),
    Source("javascript", _GOOD, "Ties go by the alphabet, and umlauts count as letters."),
    Source("javascript", _PLAIN, "An object does the counting."),
    Source("javascript", _FLAWED, "A word is what stands between two blanks."),
)
