/** Counts up from `data-seconds`, as minutes and seconds. */
class Elapsed extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    const began = performance.now() - Number(this.dataset["seconds"] ?? 0) * 1000;
    const tick = (): void => {
      const seconds = Math.max(0, Math.floor((performance.now() - began) / 1000));
      const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (this.textContent !== shown) this.textContent = shown;
    };
    tick();
    this.timer = window.setInterval(tick, 250);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }
}

customElements.define("pa-elapsed", Elapsed);
