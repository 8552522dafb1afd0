"""A report on sales in SQL."""

from __future__ import annotations

from .source import Piece, Source

_ROWS = """
INSERT INTO sales (title, genre, price, sold_on) VALUES
    ('The Long Tide', 'novel', 18.90, '2024-01-04'),
    ('Bread at Home', 'cooking', 24.50, '2024-01-05'),
    ('Nine Rivers', 'travel', 21.00, '2024-01-09'),
    ('The Long Tide', 'novel', 18.90, '2024-01-11'),
    ('A Quiet Street', 'crime', 12.99, '2024-01-12'),
    ('Salt', 'novel', 22.00, '2024-01-15'),
    ('Soups', 'cooking', 19.90, '2024-01-18'),
    ('The Last Ferry', 'crime', 13.50, '2024-01-20'),
    ('A Quiet Street', 'crime', 12.99, '2024-01-22'),
    ('By Night Train', 'travel', 17.80, '2024-01-25'),
    ('Salt', 'novel', 22.00, '2024-01-28'),
    ('The Last Ferry', 'crime', 13.50, '2024-01-30');
"""

_STRICT = """
CREATE TABLE sales (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    genre TEXT NOT NULL,
    price REAL NOT NULL CHECK (price >= 0),
    sold_on TEXT NOT NULL
);
"""
_LOOSE = """
CREATE TABLE sales (title TEXT, genre TEXT, price REAL, sold_on TEXT);
"""

_GOOD = """
-- The window over all groups is the grand total.
SELECT
    genre,
    COUNT(*) AS sold,
    printf('%.2f', SUM(price)) AS revenue,
    printf('%.1f %%', 100.0 * SUM(price) / SUM(SUM(price)) OVER ()) AS share
FROM sales
GROUP BY genre
ORDER BY SUM(price) DESC, genre;
"""

_PLAIN = """
-- The total is worked out once more for every genre.
SELECT genre,
       COUNT(*) AS sold,
       SUM(price) AS revenue,
       ROUND(SUM(price) * 100 / (SELECT SUM(price) FROM sales), 1) AS percent
FROM sales
GROUP BY genre
ORDER BY revenue DESC;
"""

_FLAWED = """
-- Share of all books sold.
SELECT genre, COUNT(*) AS sold, SUM(price) AS revenue,
       COUNT(*) / (SELECT COUNT(*) FROM sales) * 100 AS share
FROM sales
GROUP BY genre
ORDER BY genre;
"""

PIECE = Piece(
    frozenset({"sales", "books", "genre", "revenue", "share"}),
    Source(
        "sql", _STRICT + _ROWS + _GOOD, "A window function gives the total without asking twice."
    ),
    Source("sql", _LOOSE + _ROWS + _PLAIN, "A subquery gives the total."),
    Source("sql", _LOOSE + _ROWS + _FLAWED, "The share is that of books sold."),
)
