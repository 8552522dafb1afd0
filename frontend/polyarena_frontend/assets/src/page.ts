import { addCopyButtons } from "./copy";
import type { Kept } from "./chips";
import type { Composer } from "./composer";
import { announce, narrow } from "./dom";
import { say } from "./messages";

/** Makes what the server wrote complete: copy buttons, whole addresses, pictures that fit. */
function dress(root: ParentNode): void {
  for (const card of root.querySelectorAll(".card:not([aria-busy])")) addCopyButtons(card);
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-absolute]")) {
    field.value = new URL(field.value, location.href).href;
  }
  if (!narrow.matches) return;
  for (const size of root.querySelectorAll<HTMLInputElement>(".screen-sizes [value=phone]")) {
    size.checked = true;
  }
}

function closeMenus(except: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  closeMenus(target.closest("details.menu"));
  const starter = target.closest<HTMLElement>("[data-fill]");
  const composer = starter?.closest<Composer>("pa-composer") ?? document.querySelector<Composer>("pa-composer");
  if (!starter || !composer || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const inputs = JSON.parse(starter.dataset["inputs"] || "{}") as Record<string, string>;
  const kept = JSON.parse(starter.dataset["kept"] || "[]") as Kept[];
  composer.fill(starter.dataset["fill"] ?? "", inputs, kept);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector<HTMLElement>("details.menu[open]");
    if (!open) return;
    closeMenus(null);
    open.querySelector<HTMLElement>("summary")?.focus();
  }
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const typed = event.key.length === 1 && event.key !== " " && !modified;
  if (typed && document.activeElement === document.body) {
    document.querySelector<Composer>(".dock pa-composer, .arena pa-composer")?.focusField();
  }
});

document.addEventListener(
  "toggle",
  (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.matches(".edit[open]")) return;
    details.querySelector<Composer>("pa-composer")?.focusField();
  },
  { capture: true },
);

document.addEventListener("htmx:load", (event) => dress((event as CustomEvent<{ elt: Element }>).detail.elt));
document.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig } = (event as CustomEvent<{ requestConfig?: { path: string } }>).detail;
  const path = requestConfig?.path ?? "";
  if (path.endsWith("/vote")) {
    document.querySelector("pa-battle")?.setAttribute("data-fresh", "");
    document.querySelector<HTMLElement>("#result-title")?.focus({ preventScroll: true });
  } else if (path.endsWith("/share")) {
    document.querySelector<HTMLInputElement>("#share-url")?.select();
  } else if (path.includes("/actions/")) {
    announce(document, say("acted"));
  }
});
dress(document);
