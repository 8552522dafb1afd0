import type { AppUse } from "./app-use";
import { say } from "./messages";
import { measure } from "./part-use";

/** A sound with its player: one plays at a time, and how long it played is told. */
class Sound extends HTMLElement {
  private use: AppUse | null = null;

  connectedCallback(): void {
    const player = this.player;
    if (!player || this.use) return;
    this.use = measure(this, this.dataset["sound"] ?? "", say("heard"));
    player.addEventListener("playing", () => {
      this.hushOthers();
      this.use?.see(true);
    });
    for (const stopped of ["pause", "ended", "waiting"]) {
      player.addEventListener(stopped, () => this.stopped());
    }
    addEventListener("pagehide", this.stopped);
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.stopped);
    this.stopped();
  }

  private get player(): HTMLAudioElement | null {
    return this.querySelector("audio");
  }

  private readonly stopped = (): void => {
    this.use?.see(false);
    this.use?.tell();
  };

  private hushOthers(): void {
    for (const other of document.querySelectorAll<HTMLAudioElement>("pa-audio audio")) {
      if (other !== this.player) other.pause();
    }
  }
}

customElements.define("pa-audio", Sound);
