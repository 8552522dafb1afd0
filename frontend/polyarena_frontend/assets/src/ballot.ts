import { announce, takesKeys } from "./dom";
import { say } from "./messages";
import { forGood, keep, recall } from "./storage";

const AT_ONCE = "reveal-at-once";

/** The ballot: four choices, arrow keys, and the reveal. The radio buttons underneath are real. */
class Ballot extends HTMLElement {
  private battle: HTMLElement | null = null;

  connectedCallback(): void {
    this.battle = this.closest("pa-battle");
    this.battle?.addEventListener("battlestate", this.changed);
    document.addEventListener("keydown", this.pressed);
    this.addEventListener("change", this.picked);
    const setting = this.querySelector<HTMLInputElement>(`[data-setting="${AT_ONCE}"]`);
    if (setting) setting.checked = recall(forGood, AT_ONCE) === "yes";
  }

  disconnectedCallback(): void {
    this.battle?.removeEventListener("battlestate", this.changed);
    document.removeEventListener("keydown", this.pressed);
  }

  private get open(): boolean {
    return this.querySelector<HTMLFieldSetElement>("[data-choices]")?.disabled === false;
  }

  private get chosen(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[name=choice]:checked");
  }

  /** Whether a reason is chosen or a comment written. */
  private get explained(): boolean {
    const comment = this.querySelector<HTMLInputElement>("#comment")?.value.trim();
    return Boolean(comment) || this.querySelector("[name=reasons]:checked") !== null;
  }

  private readonly changed = (event: Event): void => {
    const { ballot_open: open, closed_because: why } = (event as CustomEvent).detail as {
      ballot_open: boolean;
      closed_because: string;
    };
    const choices = this.querySelector<HTMLFieldSetElement>("[data-choices]");
    if (choices) choices.disabled = !open;
    const hint = this.querySelector<HTMLElement>("[data-closed]");
    if (hint) hint.textContent = open ? say("vote_keys") : say("vote_closed", { why });
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!this.open || modified || event.repeat || event.isComposing) return;
    if (takesKeys(event.target)) return;
    if (event.key === "Enter") {
      const onControl = event.target instanceof Element && event.target.closest("a, button");
      if (!this.chosen || onControl) return;
      event.preventDefault();
      this.reveal();
      return;
    }
    const choice = this.querySelector<HTMLInputElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    event.preventDefault();
    if (choice.checked) this.reveal();
    else this.choose(choice);
  };

  private choose(choice: HTMLInputElement): void {
    choice.checked = true;
    choice.focus({ preventScroll: true });
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private readonly picked = (event: Event): void => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if (input.dataset["setting"] === AT_ONCE) {
      keep(forGood, AT_ONCE, input.checked ? "yes" : "");
    } else if (input.name === "choice") {
      if (recall(forGood, AT_ONCE) === "yes" && !this.dataset["explain"]) this.reveal();
      else if (this.battle) {
        announce(this.battle, say("chosen", { choice: input.dataset["label"] ?? "" }));
      }
    }
  };

  private reveal(): void {
    const form = this.querySelector("form");
    if (!this.chosen || form?.classList.contains("htmx-request")) return;
    if (this.dataset["explain"] === "reason" && !this.explained) {
      this.querySelector<HTMLInputElement>("[name=reasons], #comment")?.focus();
      if (this.battle) announce(this.battle, say("explain"));
      return;
    }
    form?.requestSubmit();
  }
}

customElements.define("pa-ballot", Ballot);
