import htmx from "htmx.org";
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

document.addEventListener("htmx:beforeRequest", (event) => {
  slot(event.target as Element)?.replaceChildren();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent<SwapDetail>).detail;
  const place = slot(detail.requestConfig.elt);
  if (detail.xhr.status < 400 || !place) return;
  detail.shouldSwap = true;
  detail.target = place;
  detail.swapOverride = "innerHTML";
});

document.addEventListener("htmx:sendError", (event) => {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = say("unreachable");
  slot(event.target as Element)?.replaceChildren(problem);
});

htmx.config.scrollBehavior = "instant";
