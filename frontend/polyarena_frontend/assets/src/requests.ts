import htmx from "htmx.org";
import { showProblem } from "./dom";
import { say } from "./messages";

interface SwapDetail {
  xhr: XMLHttpRequest;
  requestConfig: { elt: Element };
  target: Element;
  shouldSwap: boolean;
  swapOverride?: string;
}

function slot(element: Element): HTMLElement | null {
  return element.closest("[data-problem-scope]")?.querySelector("[data-problem]") ?? null;
}

/** What a refusal says that was made before the pages had their turn, and is no HTML. */
function plainly(xhr: XMLHttpRequest): string {
  if (!xhr.getResponseHeader("content-type")?.startsWith("application/json")) return "";
  const answer = JSON.parse(xhr.responseText) as { error?: { message?: string } };
  return answer.error?.message ?? "";
}

document.addEventListener("htmx:beforeRequest", (event) => {
  slot(event.target as Element)?.replaceChildren();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent<SwapDetail>).detail;
  const place = slot(detail.requestConfig.elt);
  if (detail.xhr.status < 400 || !place) return;
  const said = plainly(detail.xhr);
  if (said) return showProblem(place, said);
  detail.shouldSwap = true;
  detail.target = place;
  detail.swapOverride = "innerHTML";
});

document.addEventListener("htmx:sendError", (event) => {
  showProblem(slot(event.target as Element), say("unreachable"));
});

htmx.config.scrollBehavior = "instant";
