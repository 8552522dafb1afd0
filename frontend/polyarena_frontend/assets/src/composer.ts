import { ByAddress } from "./by-address";
import type { Kept } from "./chips";
import { say } from "./messages";
import { forNow, keep, recall } from "./storage";
import { Uploads } from "./uploads";

const NEAR = 0.9;
type Filled = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A prompt's field: grows with its text, sends on Enter, keeps a draft, minds the limit. */
class Composer extends HTMLElement {
  private readonly field = this.querySelector<HTMLTextAreaElement>("[name=prompt]");
  private readonly form = this.querySelector("form");
  private battle: HTMLElement | null = null;
  private uploads: Uploads | null = null;

  connectedCallback(): void {
    this.battle = this.closest("pa-battle");
    this.restore();
    this.update();
    this.field?.addEventListener("input", () => this.typed());
    this.field?.addEventListener("keydown", (event) => this.pressed(event));
    this.battle?.addEventListener("battlestate", this.changed);
    this.form?.addEventListener("submit", this.submitted, { capture: true });
    this.form?.addEventListener("htmx:beforeOnLoad", this.answered);
    const files = this.querySelector<HTMLInputElement>("[name=files]");
    const chosen = this.querySelector<HTMLElement>("[data-chosen]");
    if (!this.form || !files || !chosen || !this.field) return;
    this.uploads = new Uploads(this.form, files, chosen, this.field);
    this.form.addEventListener("fileschange", () => this.update());
    const address = this.querySelector<HTMLDetailsElement>("[data-address]");
    if (address) new ByAddress(this.form, address, this.uploads);
    this.update();
  }

  disconnectedCallback(): void {
    this.battle?.removeEventListener("battlestate", this.changed);
  }

  /** Puts a text, further inputs and pictures in their fields, ready to be sent or changed. */
  fill(text: string, inputs: Record<string, string> = {}, kept: Kept[] = []): void {
    if (!this.field) return;
    if (this.hasAttribute("data-of-pictures")) this.uploads?.replace(kept);
    this.field.value = text;
    for (const field of this.querySelectorAll<Filled>("[name^='field.']")) {
      field.value = inputs[field.name] ?? "";
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.selectedIndex = 0;
    }
    const more = this.querySelector<HTMLDetailsElement>("[data-more]");
    if (more) more.open = Object.keys(inputs).length > 0;
    this.typed();
    this.focusField();
  }

  /** Puts the cursor at the end of the field. */
  focusField(): void {
    this.field?.focus();
    this.field?.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  private restore(): void {
    const draft = this.dataset["draft"] && recall(forNow, `draft:${this.dataset["draft"]}`);
    if (draft && this.field && !this.field.value) this.field.value = draft;
  }

  private typed(): void {
    const draft = this.dataset["draft"];
    if (draft) keep(forNow, `draft:${draft}`, this.field?.value ?? "");
    this.update();
  }

  private get blocked(): boolean {
    const { battle } = this;
    if (!battle) return false;
    if (battle.hasAttribute("data-live")) return true;
    return !this.closest(".edit") && !battle.hasAttribute("data-turn-allowed");
  }

  private get ready(): boolean {
    const text = this.field?.value.trim() ?? "";
    const pictures = this.hasAttribute("data-of-pictures") && (this.uploads?.count ?? 0) > 0;
    return (text !== "" || pictures) && !this.blocked && this.length <= this.limit;
  }

  private get limit(): number {
    return Number(this.dataset["limit"]) || Infinity;
  }

  private get length(): number {
    const text = this.field?.value ?? "";
    return text.length < this.limit * NEAR ? text.length : [...text].length;
  }

  private readonly changed = (): void => this.update();

  private update(): void {
    const count = this.querySelector("output");
    const { length, limit } = this;
    if (count) {
      const values = { count: length.toLocaleString(), limit: limit.toLocaleString() };
      const near = length >= limit * NEAR;
      count.textContent = near ? say(length > limit ? "too_long" : "count", values) : "";
      count.classList.toggle("over", length > limit);
    }
    const send = this.querySelector<HTMLButtonElement>("button.send:not(.stop)");
    if (send) send.disabled = !this.ready;
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      const editing = this.closest<HTMLDetailsElement>("details.edit");
      if (editing) editing.open = false;
      this.field?.blur();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.altKey) return;
    event.preventDefault();
    if (this.ready) this.form?.requestSubmit();
  }

  private readonly submitted = (event: Event): void => {
    if (this.ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  private readonly answered = (event: Event): void => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status >= 400) return;
    if (this.dataset["draft"]) keep(forNow, `draft:${this.dataset["draft"]}`, "");
    // The arrow keys are for the ballot now; typing comes back here by itself.
    this.field?.blur();
  };
}

customElements.define("pa-composer", Composer);
export type { Composer };
