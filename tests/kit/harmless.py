"""Is what a page shows of an untrusted text inert, at every moment?"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

WATCH = """
window.__harm = [];
const tags = new Set(`script style iframe frame object embed link meta base form input textarea
  select img picture source video audio svg template portal noscript`.split(/\\s+/));
const own = (node) => node.matches('button.copy-code');
function harm(node) {
  if (own(node)) return;
  const tag = node.localName;
  if (tags.has(tag) || tag === 'button' || tag.includes('-')) window.__harm.push(`<${tag}>`);
  for (const { name, value } of node.attributes) {
    if (/^(on|hx-|data-hx-|src|id$|name$|style$|ping$|action|form|background$|poster$)/.test(name))
      window.__harm.push(`${name} on <${tag}>`);
    if (name.endsWith('href') && !/^(https?:|mailto:)/i.test(value))
      window.__harm.push(`${name}=${value}`);
    if (name === 'href' && !/noopener/.test(node.rel)) window.__harm.push(`no rel: ${value}`);
  }
}
new MutationObserver((records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      for (const block of node.querySelectorAll('.answer .block, .prompt-text, .result-why q'))
        for (const inner of block.querySelectorAll('*')) harm(inner);
      if (node.closest('.answer .block') && !node.matches('.block'))
        for (const inner of [node, ...node.querySelectorAll('*')]) harm(inner);
    }
}).observe(document, { childList: true, subtree: true });
"""


def watch(context: BrowserContext) -> None:
    """Have every page of a context note whatever it shows that is not inert."""
    context.add_init_script(WATCH)


def harm(page: Page) -> list[str]:
    """What was not inert so far, and whether a script ran."""
    found = page.evaluate(
        "[...new Set(window.__harm), ...(window.__pwned ? ['a script ran'] : [])]"
    )
    assert isinstance(found, list)
    return found
