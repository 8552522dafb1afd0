import { say } from "./messages";

const CODE = "figure.code";

/** What a copy button stands for: a field, an answer, or a block of code. */
function wanted(button: HTMLElement): string {
  const what = button.dataset["copy"] ?? "";
  if (what === "code") return button.closest(CODE)?.querySelector("pre")?.textContent ?? "";
  if (what !== "answer") return document.querySelector<HTMLInputElement>(what)?.value ?? "";
  const card = button.closest(".card");
  const source = card?.querySelector<HTMLTextAreaElement>("[data-source]")?.value;
  return source || (card?.querySelector<HTMLElement>(".answer")?.innerText ?? "");
}

async function copy(button: HTMLElement): Promise<void> {
  const label = button.querySelector("span") ?? button;
  try {
    await navigator.clipboard.writeText(wanted(button));
    label.textContent = say("copied");
  } catch {
    document.querySelector<HTMLInputElement>(button.dataset["copy"] ?? "")?.select();
    label.textContent = say("copy_failed");
  }
  setTimeout(() => (label.textContent = say("copy")), 2000);
}

/** Gives every block of code under `root` a copy button. */
export function addCopyButtons(root: ParentNode): void {
  for (const figure of root.querySelectorAll(CODE)) {
    if (figure.querySelector("[data-copy]")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code quiet";
    button.dataset["copy"] = "code";
    button.textContent = say("copy");
    figure.append(button);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-copy]");
  if (button instanceof HTMLElement) void copy(button);
});
