import { atBottom } from "./dom";

/**
 * Follows growing answers only while the reader is at the bottom of the page, and never carries
 * the beginning of the turn out of sight unless the reader has gone to the bottom himself.
 */
export class Follower {
  private chosen = false;
  private pending = false;
  private placed = -1;

  constructor(private readonly turn: () => HTMLElement | null) {}

  start(): void {
    addEventListener("scroll", this.moved, { passive: true });
  }

  stop(): void {
    removeEventListener("scroll", this.moved);
  }

  /** Runs a change of the page, then follows it if the reader was following. */
  around(change: () => void): void {
    const following = atBottom();
    change();
    if (following && !this.pending) {
      this.pending = true;
      requestAnimationFrame(() => this.follow());
    }
  }

  private follow(): void {
    this.pending = false;
    const root = document.documentElement;
    const end = root.scrollHeight - root.clientHeight;
    const top = this.turn()?.getBoundingClientRect().top ?? 0;
    const header = parseFloat(getComputedStyle(root).scrollPaddingTop) || 0;
    const limit = this.chosen ? end : window.scrollY + Math.max(top - header, 0);
    const wanted = Math.min(end, Math.max(limit, window.scrollY));
    if (wanted <= window.scrollY) return;
    window.scrollTo({ top: wanted, behavior: "instant" });
    this.placed = window.scrollY;
  }

  private readonly moved = (): void => {
    if (Math.abs(window.scrollY - this.placed) > 2) this.chosen = atBottom();
  };
}
