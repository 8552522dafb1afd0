/** Functions that run inside a page, in a world of ours that the page's scripts cannot reach. */

/** When the page has come to rest, or after `most` milliseconds. Answers nothing. */
export async function settle(most, quiet) {
  const began = performance.now();
  const frame = () => new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 100);
  });
  let changed = began;
  const observer = new MutationObserver(() => { changed = performance.now(); });
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  const running = () => document.getAnimations().some((animation) =>
    animation.playState === "running" && animation.effect?.getComputedTiming().endTime < most);
  const waiting = () => [...document.images].some((image) => !image.complete) ||
    document.fonts.status === "loading";
  const drawing = document.querySelector("canvas") ? most : 0;
  do await frame();
  while (
    performance.now() - began < most &&
    (performance.now() - changed < quiet || performance.now() - began < drawing || running() || waiting())
  );
  observer.disconnect();
}

export function figures() {
  const paint = performance.getEntriesByType("paint").find(({ name }) => name === "first-contentful-paint");
  return {
    elements: document.getElementsByTagName("*").length,
    first_paint_ms: paint ? Math.round(paint.startTime) : null,
    title: document.title.slice(0, 200),
  };
}

export async function examine() {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.length }));
}

/** Finds what can be clicked and is in sight; answers its labels, and whether it takes an entry
 * or sends one. */
export function controls(most) {
  const wanted = 'button, a[href], [role="button"], [role="tab"], [onclick], summary, select, ' +
    'input:not([type="hidden"], [type="file"])';
  globalThis.controls = [];
  const found = [];
  for (const element of document.querySelectorAll(wanted)) {
    if (found.length === most) break;
    if (element.disabled || !element.checkVisibility()) continue;
    const said = element.getAttribute("aria-label") || element.innerText || element.value || element.title;
    // A form that is still empty may be sent in vain.
    const sends = element.type === "submit" && element.form?.querySelector("input, select, textarea");
    const entry = !!sends || (element.matches("input, select") && !/^(button|submit|reset)$/.test(element.type));
    globalThis.controls.push(element);
    found.push({ entry, label: `${said ?? ""}`.trim().slice(0, 60) || element.tagName.toLowerCase() });
  }
  return found;
}

/** Bring a control into sight; answers its middle, null if that is not to be hit. */
export function aim(place) {
  const element = globalThis.controls[place];
  if (!element?.isConnected) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { height, left, top, width } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  if (!width || !height || !hit || !(element.contains(hit) || hit.contains(element))) return null;
  return { x, y };
}

/** Begin to watch the page. */
export function watch() {
  globalThis.changes = 0;
  globalThis.watched?.disconnect();
  globalThis.watched = new MutationObserver((list) => { globalThis.changes += list.length; });
  globalThis.watched.observe(document, {
    attributes: true, characterData: true, childList: true, subtree: true,
  });
  globalThis.before = [scrollX, scrollY, location.href].join();
}

/** Whether anything is different since the watch began; canvases count as always different. */
export function moved() {
  const now = [scrollX, scrollY, location.href].join();
  return globalThis.changes > 0 || globalThis.before !== now || !!document.querySelector("canvas");
}
