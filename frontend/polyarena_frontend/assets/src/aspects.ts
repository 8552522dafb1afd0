import { takesKeys } from "./dom";

const CHOICES: Record<string, string> = {
  ArrowLeft: "a",
  ArrowRight: "b",
  ArrowUp: "tie",
  ArrowDown: "tie",
  Backspace: "",
  Delete: "",
};

/** The ballot's aspects: a digit goes to one, and the arrow keys then say what the choices say. */
class Aspects extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.said);
    document.addEventListener("keydown", this.called);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.called);
  }

  private readonly said = (event: KeyboardEvent): void => {
    const choice = CHOICES[event.key];
    const group = event.target instanceof Element ? event.target.closest("[data-aspect]") : null;
    if (choice === undefined || !group || modified(event)) return;
    // The ballot must not take it for its own.
    event.stopPropagation();
    event.preventDefault();
    const radio = group.querySelector<HTMLInputElement>(`input[value="${choice}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.focus({ preventScroll: true });
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };

  private readonly called = (event: KeyboardEvent): void => {
    if (!/^[1-9]$/.test(event.key) || modified(event) || takesKeys(event.target)) return;
    const group = this.querySelector(`[data-aspect="${event.key}"]`);
    const radio = group?.querySelector<HTMLInputElement>("input:checked");
    if (!radio || !this.checkVisibility()) return;
    event.preventDefault();
    radio.focus();
  };
}

function modified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing;
}

customElements.define("pa-aspects", Aspects);
