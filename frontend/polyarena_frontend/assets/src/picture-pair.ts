import { say } from "./messages";
import { PairView } from "./pair-view";

const STEP = 1.5;
const MOVE = 0.12;
const EVERY = 700;

/** Two pictures compared: side by side, under a slider, or one in the other's place. */
class PicturePair extends HTMLElement {
  private view: PairView | null = null;
  private timer = 0;

  connectedCallback(): void {
    const stage = this.querySelector<HTMLElement>("[data-stage]");
    if (!stage || this.view) return;
    this.view = new PairView(stage, (share) => this.swiped(share));
    stage.tabIndex = 0;
    stage.addEventListener("keydown", (event) => this.pressed(event));
    for (const image of this.querySelectorAll("img")) {
      if (image.complete) this.shape();
      else image.addEventListener("load", () => this.shape());
    }
    this.addEventListener("click", (event) => this.clicked(event.target as Element));
    this.slider?.addEventListener("input", () => this.cut(Number(this.slider?.value)));
    this.querySelector("[data-alternate]")?.addEventListener("change", () => this.alternate());
    this.show("a");
    // Opened under its answers, it would lie behind what is docked at the page's end.
    if (this.closest("details")) this.scrollIntoView({ block: "center" });
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  /** Both frames take the shape of the wider picture, so that they are alike. */
  private shape(): void {
    const ratios = [...this.querySelectorAll("img")]
      .filter((image) => image.naturalWidth > 0)
      .map((image) => image.naturalWidth / image.naturalHeight);
    if (ratios.length) this.style.setProperty("--shape", String(Math.max(...ratios)));
  }

  private clicked(target: Element): void {
    const button = target.closest<HTMLElement>("button");
    if (button?.dataset["way"]) this.take(button.dataset["way"]);
    if (button?.hasAttribute("data-swap")) this.swap();
    const zooms: Record<string, number> = { in: STEP, out: 1 / STEP, fit: 0 };
    const factor = zooms[button?.dataset["zoom"] ?? ""];
    if (factor !== undefined) this.view?.zoom(factor);
  }

  private take(way: string): void {
    this.dataset["way"] = way;
    for (const button of this.querySelectorAll("button[data-way]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-way") === way));
    }
    this.alternate();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sliding = this.dataset["way"] === "slider" && !this.view?.zoomed;
    const aside = (by: number): void => {
      if (sliding) this.cut(Number(this.slider?.value) - Math.sign(by) * 5);
      else this.view?.move(by, 0);
    };
    const keys: Record<string, () => void> = {
      "+": () => this.view?.zoom(STEP),
      "=": () => this.view?.zoom(STEP),
      "-": () => this.view?.zoom(1 / STEP),
      "0": () => this.view?.zoom(0),
      " ": () => (this.dataset["way"] === "flicker" ? this.swap() : this.take("flicker")),
      ArrowLeft: () => aside(MOVE),
      ArrowRight: () => aside(-MOVE),
      ArrowUp: () => this.view?.move(0, MOVE),
      ArrowDown: () => this.view?.move(0, -MOVE),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private swiped(share: number): boolean {
    if (this.dataset["way"] !== "slider") return false;
    this.cut(share * 100);
    return true;
  }

  private cut(percent: number): void {
    const kept = Math.min(100, Math.max(0, Math.round(percent)));
    if (this.slider) this.slider.value = String(kept);
    this.style.setProperty("--cut", `${kept}%`);
  }

  private swap(): void {
    this.show(this.dataset["shown"] === "a" ? "b" : "a");
  }

  private show(side: string): void {
    this.dataset["shown"] = side;
    const told = this.querySelector("[data-shown]");
    if (told) told.textContent = say("pair_shown", { side: side.toUpperCase() });
  }

  private alternate(): void {
    clearInterval(this.timer);
    const wanted = this.querySelector<HTMLInputElement>("[data-alternate]")?.checked;
    if (!wanted || this.dataset["way"] !== "flicker") return;
    this.timer = window.setInterval(() => this.swap(), EVERY);
  }

  private get slider(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("[data-cut]");
  }
}

customElements.define("pa-picture-pair", PicturePair);

/** A painting in its card leads to the comparison of both, where there is one to open. */
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLElement>(".painting a");
  const compare = link?.closest(".turn")?.querySelector<HTMLDetailsElement>("details.compare");
  if (!compare || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (getComputedStyle(compare).display === "none") return;
  event.preventDefault();
  compare.open = true;
  compare.scrollIntoView({ block: "start" });
  compare.querySelector("summary")?.focus({ preventScroll: true });
});
