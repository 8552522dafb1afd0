/** Whether the screen shows one side at a time. */
export const narrow = matchMedia("(width < 760px)");

/** Whether keys pressed on this element are for the element itself. */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[data-own-keys]")) return true;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox"].includes(target.type);
  return target.matches("textarea, select, summary, pre, [tabindex='0'], .menu *");
}

/** Sets text in a live region, also when it is the same as before. */
export function announce(scope: ParentNode, text: string): void {
  const region = scope.querySelector("[data-announce]");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/** Shows what went wrong in its place, or nothing. */
export function showProblem(place: Element | null | undefined, text: string): void {
  if (!text) return place?.replaceChildren();
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = text;
  place?.replaceChildren(problem);
}

/** Where the reader's page ends, within a few pixels. */
export function atBottom(): boolean {
  const root = document.documentElement;
  return root.scrollHeight - root.clientHeight - window.scrollY < 48;
}
