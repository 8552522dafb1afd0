"""Answers to render: ordinary ones, nasty ones, and a strategy that mixes them."""

from __future__ import annotations

from hypothesis import strategies as st

ORDINARY = """# Plan

Here is a **short** plan, with `code`, *emphasis* and ~~errors~~; it costs $5 to $10.

1. **Set up**: install Python (see [docs](https://docs.python.org/3/)).
2. Learn the basics & more:
   - loops
   - functions

   ```python
   for i in range(3):
       print("<b>", i)
   ```

3. Done

| name | value |
|:-----|------:|
| a    | 1     |
| b    | `|`   |

> Quote with $x^2 + y^2$ and \\(a_b\\).

$$
\\frac{a}{b} = c
$$

Setext
======

```js
const x = {"a": 1} // done
```

Unicode: naïve café, 日本語の文、привет 👩‍👩‍👧 ok.
***
The end.
"""

NASTY = [
    "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n<svg onload=alert(1)>",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](JaVaScRiPt&colon;alert(1)) [d](//e.vil)",
    "![p](http://e.vil/p.png) ![q](data:image/png;base64,AA==) ![](x 'onload=\"1\"')",
    '[![in](http://e.vil/i.png)](http://e.vil) <http://a.b/?x="onclick="1> <javascript:x>',
    '```html onclick=x"><script>\n<script>alert(1)</script>\n```\nafter\n',
    "```\nopen <fence> & more\n``\n  ```x\n~~~\n",
    "~~~~py\nx = '```'\n~~~\n~~~~\n\ntext",
    "| a | b |\n|---|---|\n| <b> | [x](javascript:1) |\n| 1 |\nlazy | row\n\nnext",
    "text\n| a | b |\n| - | - |\n| 1 | 2 |",
    "- a\n- b\n\n- c\n  1. d\n  2. e\n     > f\n     g\n\n      code\n- [h]: i\n* j",
    "1. a\n2. b\n\n\n3. c\n\n   para\n10) d\n- - -\n- \n+ x",
    "> a\nb\n> - c\n> ```\n> d\n\n> e\n>> f\n>\n> g",
    "[ref]: http://x.y 'title'\n[ref] and [late]\n\n[late]: http://l.z\n\n[late][]\n",
    '[a]: b\n"ti\ntle"\n[a] [c](d "e") [f](<g h>) [i](j(k)l) \\[m](n)',
    "**a *b** c* __d_ e_f_g ***h** i* ~~j~k~~ **",
    "`a``b` ``c ` d`` \\`e` &amp; &#x202e; &#0; &copy; &nosuch; &#769;",
    "$$\nopen math\n\nclosed by blank $$x$$ and $$y\n$$ z",
    "\\[\nx < y\n\\]\n\\(a\\) \\(open *b* `c`\n\\[ d",
    "$a$5 $b $c$ \\$d$ $\\text{<script>alert(1)</script>}$ $\\href{javascript:alert(1)}{x}$",
    "$\\frac{$ $\\newcommand{\\a}{\\a\\a}\\a$ $\\unknowncommand{x}$",
    "a  \nb\\\nc\n\td\n    e\n\n    f\n\tg",
    "A\n-\nB\n=\nC\n---\nD\n***\n#E\n# F #\n####### G\n#\n",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07x\x1b]8;;http://e.vil\x1b\\y \x9b1mz \x1b \x00",
    "a\x07 \x7f\r\n\rb\r",
    "\u202etxt.exe\u202c \u2066iso\u2069 z\u0301\u0302" + "\u0301" * 30 + "e \ud83d lone",
    "a\u00a0b\u3000c\u2028d \u00a0 \n\u3000e\n\u00a0",
    "12345\n1. x\n2024. y\n9999999999. z\n-5 degrees\n--flag\n+1\n*x\n_y\n",
    "[" * 40 + "a" + "](b)" * 40 + "\n\n" + "*" * 30 + "a" + "_" * 20,
    "> " * 30 + "deep\n\n" + "".join("  " * level + "- x\n" for level in range(30)),
    "a&b;c (d) \"e\" 'f' g:h i;j k/l {m} ^n @o #p =q +r -s |t !u ?v %w",
    "http://bare.link www.x.y a@b.c <a@b.c> <ftp://x.y> <mailto:x@y.z>",
    "<div\nonclick='x'>\n</div>\n<!-- c -->\n<?php ?>\n<![CDATA[x]]>\n<a href=\"javascript:1\">",
]

ALL = [ORDINARY, *NASTY]

_FRAGMENTS = [
    *" \n\t*_`~$[]()<>&\\!#|-+=:;.\"'1a",
    *["\n\n", "**", "```", "$$", "- ", "1. ", "> ", "](", "]:", "http://a.b", "  \n", "    "],
    *["\\(", "\\)", "\\[", "\\]", "| a | b |\n", "|---|---|\n", "```py\n", "\n```\n", "word "],
    *["<script>", "javascript:", " onerror=", "é", "日本", "👩‍👧", "\u0301", "\u202e", "\x1b[1m"],
]

fragments = st.lists(st.sampled_from(_FRAGMENTS), max_size=40).map("".join)
sources = st.lists(st.sampled_from(ALL) | fragments, min_size=1, max_size=3).map("\n".join)


@st.composite
def chunked(draw: st.DrawFn) -> list[str]:
    """A source cut at random places, mostly into token-sized pieces."""
    source = draw(sources)
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=40))
    pieces: list[str] = []
    position = 0
    while position < len(source):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(source[position : position + size])
        position += size
    return pieces
