import { showProblem } from "./dom";
import { say } from "./messages";
import { View } from "./viewer-view";

const STEP = 1.25;
const MOVE = 60;
const covers = matchMedia("(width < 1000px)");

/** The pictures of a battle, one at a time, beside its answers; a small one opens it. */
class Viewer extends HTMLElement {
  private view: View | null = null;
  private links: HTMLAnchorElement[] = [];
  private at = 0;
  private opener: HTMLElement | null = null;

  connectedCallback(): void {
    const stage = this.piece("[data-stage]");
    const image = this.querySelector("img");
    if (!stage || !image || this.view) return;
    this.view = new View(stage, image, (scale) => this.tell(scale));
    image.addEventListener("load", () => this.view?.fit());
    image.addEventListener("error", () => this.problem(say("viewer_failed")));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("click", (event) => this.asked(event));
    covers.addEventListener("change", () => this.cover());
  }

  private asked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.opener = link;
    this.links = [...document.querySelectorAll<HTMLAnchorElement>("#battle a.zoom")];
    this.hidden = false;
    document.documentElement.dataset["viewing"] = "";
    this.cover();
    this.show(Math.max(0, this.links.indexOf(link)));
    this.piece("[data-stage]")?.focus();
  }

  private show(at: number): void {
    const link = this.links[at];
    const image = this.querySelector("img");
    if (!link || !image) return;
    this.at = at;
    this.problem("");
    const name = link.dataset["zoom"] ?? "";
    image.alt = name;
    image.src = link.href;
    this.write("[data-name]", name);
    this.write("[data-place]", this.links.length > 1 ? `${at + 1} / ${this.links.length}` : "");
    for (const step of this.querySelectorAll<HTMLElement>(".viewer-steps > *")) {
      step.hidden = this.links.length < 2;
    }
  }

  private step(by: number): void {
    const { length } = this.links;
    if (length > 1) this.show((this.at + by + length) % length);
  }

  private close(): void {
    this.hidden = true;
    delete document.documentElement.dataset["viewing"];
    this.cover();
    const again = [...document.querySelectorAll<HTMLAnchorElement>("#battle a.zoom")];
    const now = this.opener?.isConnected ? this.opener : again[this.at];
    now?.focus();
  }

  /** Where it lies over the page, the page is out of reach until it is closed. */
  private cover(): void {
    const whole = !this.hidden && (covers.matches || this.hasAttribute("data-wide"));
    for (const rest of document.querySelectorAll("body > header, body > main")) {
      rest.toggleAttribute("inert", whole);
    }
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (button) this.act(button.dataset["do"] ?? "");
  }

  private act(what: string): void {
    if (what === "in") this.view?.zoom(STEP);
    if (what === "out") this.view?.zoom(1 / STEP);
    if (what === "fit") this.view?.fit();
    if (what === "real") this.view?.real();
    if (what === "next") this.step(1);
    if (what === "before") this.step(-1);
    if (what === "close") this.close();
    if (what !== "wide") return;
    const wide = this.toggleAttribute("data-wide");
    this.piece("[data-do=wide]")?.setAttribute("aria-pressed", String(wide));
    this.cover();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.taken(event, () => this.close());
    const keys: Record<string, () => void> = {
      "+": () => this.act("in"),
      "=": () => this.act("in"),
      "-": () => this.act("out"),
      "0": () => this.act("fit"),
      "1": () => this.act("real"),
      ArrowLeft: () => this.view?.move(MOVE, 0),
      ArrowRight: () => this.view?.move(-MOVE, 0),
      ArrowUp: () => this.view?.move(0, MOVE),
      ArrowDown: () => this.view?.move(0, -MOVE),
      PageDown: () => this.step(1),
      PageUp: () => this.step(-1),
    };
    const act = keys[event.key];
    if (act) this.taken(event, act);
  }

  private taken(event: KeyboardEvent, act: () => void): void {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private tell(scale: number): void {
    this.write("[data-percent]", say("viewer_zoom", { percent: Math.round(scale * 100) }));
  }

  private write(selector: string, text: string): void {
    const place = this.piece(selector);
    if (place) place.textContent = text;
  }

  private problem(text: string): void {
    showProblem(this.piece("[data-problem]"), text);
  }

  private piece(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }
}

customElements.define("pa-viewer", Viewer);
