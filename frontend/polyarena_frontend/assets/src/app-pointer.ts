const last = { x: 0, y: 0 };

document.addEventListener("pointermove", (event) => {
  last.x = event.screenX;
  last.y = event.screenY;
});

/**
 * Whether the pointer is over an app. A frame keeps what happens in it to itself, so a shield lies
 * on it until the pointer comes, and again once it is elsewhere.
 */
export class Pointing {
  /** Whether the pointer was moved there; a page that scrolls under it does not point. */
  pointed = false;
  inside = false;
  private readonly shield = document.createElement("div");

  constructor(
    private readonly view: HTMLElement,
    private readonly came: () => void,
  ) {
    this.shield.className = "app-shield";
    this.shield.ariaHidden = "true";
    this.shield.addEventListener("pointerenter", this.entered);
    document.addEventListener("pointermove", this.moved);
    view.append(this.shield);
  }

  stop(): void {
    document.removeEventListener("pointermove", this.moved);
    this.shield.remove();
  }

  private readonly entered = (event: PointerEvent): void => {
    this.inside = true;
    this.pointed = event.screenX !== last.x || event.screenY !== last.y;
    this.shield.hidden = true;
    if (this.pointed) this.came();
  };

  private readonly moved = (event: PointerEvent): void => {
    if (!this.inside || this.view.contains(event.target as Node)) return;
    this.inside = this.pointed = this.shield.hidden = false;
  };
}
