"""Eight queens in Go."""

from __future__ import annotations

from .source import Piece, Source

_GOOD = """
package main

import (
	"fmt"
	"strings"
)

const size = 8

// place puts a queen into every row from row on; taken columns and diagonals are bits.
func place(row int, columns, left, right uint, board []int, found func([]int)) {
	if row == size {
		found(board)
		return
	}
	for column := 0; column < size; column++ {
		bit := uint(1) << column
		if (columns|left|right)&bit != 0 {
			continue
		}
		board[row] = column
		place(row+1, columns|bit, (left|bit)<<1, (right|bit)>>1, board, found)
	}
}

func main() {
	count := 0
	var first []int
	place(0, 0, 0, 0, make([]int, size), func(board []int) {
		if count == 0 {
			first = append(first, board...)
		}
		count++
	})
	fmt.Println(count, "solutions; the first:")
	for _, column := range first {
		fmt.Println(strings.Repeat(". ", column) + "Q" + strings.Repeat(" .", size-1-column))
	}
}
"""

_PLAIN = """
package main

import "fmt"

var board [8]int
var count int

func safe(row, col int) bool {
	for r := 0; r < row; r++ {
		c := board[r]
		if c == col || c-col == row-r || col-c == row-r {
			return false
		}
	}
	return true
}

func solve(row int) {
	if row == 8 {
		count++
		if count == 1 {
			// Draw only the first.
			for _, q := range board {
				for c := 0; c < 8; c++ {
					if c == q {
						fmt.Print("Q ")
					} else {
						fmt.Print(". ")
					}
				}
				fmt.Println()
			}
		}
		return
	}
	for col := 0; col < 8; col++ {
		if safe(row, col) {
			board[row] = col
			solve(row + 1)
		}
	}
}

func main() {
	solve(0)
	fmt.Println("solutions:", count)
}
"""

_FLAWED = """
package main

import "fmt"

var queens [8]int
var count int

// A queen minds her column, and the diagonal that she looks along.
func quiet(row, column int) bool {
	for r := 0; r < row; r++ {
		if queens[r] == column || queens[r]-column == row-r {
			return false
		}
	}
	return true
}

func solve(row int) {
	if row == 8 {
		if count == 0 {
			fmt.Println(queens)
		}
		count++
		return
	}
	for column := 0; column < 8; column++ {
		if quiet(row, column) {
			queens[row] = column
			solve(row + 1)
		}
	}
}

func main() {
	solve(0)
	fmt.Println(count, "ways")
}
"""

PIECE = Piece(
    frozenset({"queens", "chessboard", "eight", "attacks", "board"}),
    Source("go", _GOOD, "Columns and diagonals are bits, so a place is tried in one step."),
    Source("go", _PLAIN, "Every queen is compared with those above her."),
    Source("go", _FLAWED, "The board is shown as the columns of its queens."),
)
