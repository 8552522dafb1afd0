import htmx from "htmx.org";
import { addCopyButtons } from "./copy";

export type Status = "waiting" | "streaming" | "done" | "stopped" | "failed";
export type Patch = [block: number, keep: number, html: string];

export interface SideState {
  status: Status;
  note: string;
  can_retry?: boolean;
  blocks?: string[] | null;
  text?: string;
}

/** One side's answer to the turn that is being answered. */
export class Answer {
  private html: string[] = [];

  constructor(
    private readonly card: HTMLElement,
    private readonly dot: HTMLElement | null,
  ) {}

  /** Takes the whole state, as a snapshot or a change of status gives it. */
  show(state: SideState): void {
    this.card.dataset["status"] = state.status;
    this.card.toggleAttribute("aria-busy", false);
    if (state.status === "waiting" || state.status === "streaming") {
      this.card.setAttribute("aria-busy", "true");
    }
    if (this.dot) this.dot.dataset["status"] = state.status;
    const note = this.card.querySelector<HTMLElement>("[data-note]");
    if (note) {
      note.textContent = state.note;
      note.hidden = !state.note;
    }
    const retry = this.card.querySelector<HTMLElement>("[data-retry]");
    if (retry) retry.hidden = !(state.can_retry ?? state.status === "failed");
    if (state.blocks) this.replace(state.blocks);
    const source = this.card.querySelector<HTMLTextAreaElement>("[data-source]");
    if (source) source.value = state.text ?? "";
    if (!this.over) return;
    addCopyButtons(this.card);
    this.offerActions();
  }

  /** Applies patches in the order they came; touches only the blocks they name. */
  patch(patches: Patch[]): void {
    const changed = new Set<number>();
    for (const [block, keep, html] of patches) {
      this.html[block] = (this.html[block] ?? "").slice(0, keep) + html;
      changed.add(block);
    }
    for (const block of changed) this.draw(block);
    this.quietenNote();
  }

  get over(): boolean {
    return !["waiting", "streaming"].includes(this.card.dataset["status"] ?? "");
  }

  /** Asks for the forms of an answer that has come while the page was open. */
  private offerActions(): void {
    const place = this.card.querySelector("[data-actions]");
    const usable = ["done", "stopped"].includes(this.card.dataset["status"] ?? "");
    if (!place || !usable || place.childElementCount) return;
    // An answer can be quicker than htmx, which looks at new content only once it has settled.
    htmx.process(place);
    htmx.trigger(place, "answered");
  }

  private replace(blocks: string[]): void {
    const shown = this.blocks;
    for (const element of [...shown.children].slice(blocks.length)) element.remove();
    const known = this.html;
    this.html = [...blocks];
    blocks.forEach((html, block) => {
      if (known[block] !== html || !shown.children[block]) this.draw(block);
    });
  }

  private draw(block: number): void {
    const shown = this.blocks;
    while (shown.children.length <= block) {
      const element = document.createElement("div");
      element.className = "block";
      element.dir = "auto";
      element.dataset["block"] = String(shown.children.length);
      shown.append(element);
    }
    const element = shown.children[block];
    if (!element) return;
    // Sanitised on the server, block by block.
    element.innerHTML = this.html[block] ?? "";
    const next = block + 1 < this.html.length;
    if (next || this.over) addCopyButtons(element);
  }

  private quietenNote(): void {
    const note = this.card.querySelector<HTMLElement>("[data-note]");
    if (note && !this.over) note.hidden = true;
  }

  private get blocks(): HTMLElement {
    return this.card.querySelector<HTMLElement>(".answer") ?? this.card;
  }
}
