// Long enough for the app to have been looked at.
const PATIENCE = 5;
const PATIENCE_MS = 5000;
const CHECK_MS = 500;
const TAB_MS = 1000;
const coarse = matchMedia("(pointer: coarse)");
let tabbed = -Infinity;
let held: Element | null = null;

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Tab") tabbed = performance.now();
  },
  { capture: true },
);
document.addEventListener("focusin", (event) => {
  if (!(event.target instanceof HTMLIFrameElement)) held = event.target as Element;
});

/**
 * How an app comes by the focus: the voter goes into it, or it takes it by itself, and then the
 * page takes it back. One that takes it again and again is refused.
 */
export class Focus {
  private inside = false;
  private thefts = 0;
  private first = 0;
  private readonly timer: number;

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly pointed: () => boolean,
    private readonly entered: (kind: "click" | "key") => void,
    private readonly refused: () => void,
  ) {
    addEventListener("blur", this.lost);
    addEventListener("focus", this.back);
    // A page that has not been touched yet loses the focus without a word.
    this.timer = window.setInterval(this.lost, CHECK_MS);
  }

  stop(): void {
    removeEventListener("blur", this.lost);
    removeEventListener("focus", this.back);
    clearInterval(this.timer);
  }

  /** Gives it the focus, because the voter types to it. */
  give(): void {
    if (this.inside) return;
    this.inside = true;
    this.entered("key");
    this.frame.focus();
  }

  private readonly lost = (): void => {
    if (document.activeElement !== this.frame || this.inside) return;
    const now = performance.now();
    const byKey = now - tabbed < TAB_MS;
    if (byKey || this.pointed() || coarse.matches) {
      this.inside = true;
      this.thefts = 0;
      this.entered(byKey ? "key" : "click");
      return;
    }
    if (!this.thefts) this.first = now;
    this.thefts += 1;
    if (this.thefts > PATIENCE && now - this.first > PATIENCE_MS) return this.refused();
    this.frame.blur();
    if (held instanceof HTMLElement && held.isConnected) held.focus({ preventScroll: true });
    window.focus();
  };

  private readonly back = (): void => {
    this.inside = false;
  };
}
