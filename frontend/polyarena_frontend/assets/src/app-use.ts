export type Kind = "pointer" | "click" | "key" | "size" | "reload" | "full_screen";

export interface BallotState {
  ballot_open: boolean;
  closed_because: string;
  turn_allowed: boolean;
}

/** Which app of a battle is meant. */
export interface Shown {
  turn: number;
  side: string;
  bundle: string;
}

// As long as the server takes an app for looked at; then now and then.
const FIRST_SECONDS = 3;
const EVERY_SECONDS = 15;
const RETRY_SECONDS = 5;
const MOST_SECONDS = 600;
const MOST_COUNT = 1000;

/**
 * Counts how an app is used, as far as the page around it can see, and tells the server. Time
 * counts once the answer is `ready`, because no other is to be judged.
 */
export class AppUse {
  private counts: Partial<Record<Kind, number>> = {};
  private seconds = 0;
  private due = FIRST_SECONDS;
  private since = 0;
  private timer = 0;
  private refused = false;

  constructor(
    private readonly address: string,
    private readonly shown: Shown,
    private readonly ready: () => boolean,
    private readonly heard: (state: BallotState) => void,
  ) {}

  count(kind: Kind): void {
    this.counts[kind] = Math.min((this.counts[kind] ?? 0) + 1, MOST_COUNT);
  }

  /** Whether the running app is in sight now. */
  see(seen: boolean): void {
    if (seen === Boolean(this.timer)) return;
    if (seen) {
      this.since = performance.now();
      this.timer = window.setInterval(() => this.passed(), 500);
    } else {
      this.gather();
      clearInterval(this.timer);
      this.timer = 0;
    }
  }

  /** Tells what is new, also while the page is being left. */
  tell(): void {
    if (this.timer) this.gather();
    const counts = this.counts;
    const seconds = Math.min(this.seconds, MOST_SECONDS);
    if (this.refused || !this.ready() || (seconds < 0.1 && !Object.keys(counts).length)) return;
    this.counts = {};
    this.seconds = 0;
    this.due = EVERY_SECONDS;
    void this.send(counts, Math.round(seconds * 10) / 10);
  }

  private passed(): void {
    this.gather();
    if (this.seconds >= this.due) this.tell();
  }

  private gather(): void {
    const now = performance.now();
    if (this.ready()) this.seconds += (now - this.since) / 1000;
    this.since = now;
  }

  private async send(counts: Partial<Record<Kind, number>>, seconds: number): Promise<void> {
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...this.shown, counts, seconds }),
        keepalive: true,
      });
      if (answer.ok) return this.heard((await answer.json()) as BallotState);
      this.refused = answer.status < 500;
    } catch {
      this.seconds += seconds;
      this.due = this.seconds + RETRY_SECONDS;
    }
  }
}
