import { narrow } from "./dom";

let remembered: { battle: string; side: string } | null = null;

/** On narrow screens: which side is in sight, and the tabs that bring one into sight. */
export class SideTabs {
  private readonly thread: HTMLElement | null;
  private readonly buttons: HTMLButtonElement[];

  constructor(private readonly battle: HTMLElement) {
    this.thread = battle.querySelector<HTMLElement>("[data-thread]");
    this.buttons = [...battle.querySelectorAll<HTMLButtonElement>("[data-show]")];
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.go(button.dataset["show"] ?? "a"));
    }
    narrow.addEventListener("change", this.resized);
    this.resized();
    this.thread?.addEventListener("scroll", this.scrolled, { passive: true });
    if (remembered?.battle === battle.dataset["id"] && remembered?.side === "b") {
      this.go("b", "instant");
    }
  }

  stop(): void {
    this.thread?.removeEventListener("scroll", this.scrolled);
    narrow.removeEventListener("change", this.resized);
  }

  // What scrolls must be reachable with the keyboard.
  private readonly resized = (): void => {
    this.thread?.toggleAttribute("tabindex", false);
    if (narrow.matches && this.buttons.length) this.thread?.setAttribute("tabindex", "0");
  };

  private go(side: string, behavior: ScrollBehavior = "auto"): void {
    const left = side === "b" ? (this.thread?.scrollWidth ?? 0) : 0;
    this.thread?.scrollTo({ left, behavior });
  }

  private readonly scrolled = (): void => {
    if (!this.thread) return;
    const room = this.thread.scrollWidth - this.thread.clientWidth;
    const side = room > 0 && Math.abs(this.thread.scrollLeft) > room / 2 ? "b" : "a";
    remembered = { battle: this.battle.dataset["id"] ?? "", side };
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.dataset["show"] === side));
    }
  };
}
