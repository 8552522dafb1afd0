const LARGEST = 12;

interface Point {
  x: number;
  y: number;
}

/** What of two pictures in equal frames is shown: the same part of both, at the same size. */
export class PairView {
  private scale = 1;
  private x = 0;
  private y = 0;
  private readonly pointers = new Map<number, Point>();

  constructor(
    private readonly stage: HTMLElement,
    private readonly swipe: (share: number) => boolean,
  ) {
    stage.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    stage.addEventListener("dblclick", (event) => {
      this.zoom(this.scale > 1 ? 0 : 2.5, this.from(event));
    });
    stage.addEventListener("pointerdown", (event) => this.pressed(event));
    stage.addEventListener("pointermove", (event) => this.dragged(event));
    for (const kind of ["pointerup", "pointercancel"] as const) {
      stage.addEventListener(kind, (event) => this.pointers.delete(event.pointerId));
    }
  }

  get zoomed(): boolean {
    return this.scale > 1;
  }

  /** Larger or smaller by a factor, around a place in the frame; 0 fits the pictures. */
  zoom(factor: number, around: Point = { x: 0, y: 0 }): void {
    const scale = Math.min(LARGEST, Math.max(1, this.scale * factor));
    const change = scale / this.scale;
    this.x = around.x - (around.x - this.x) * change;
    this.y = around.y - (around.y - this.y) * change;
    this.scale = scale;
    this.show();
  }

  /** Moves both by a share of the frame. */
  move(x: number, y: number): void {
    this.x += x;
    this.y += y;
    this.show();
  }

  private show(): void {
    const room = (this.scale - 1) / 2;
    this.x = Math.min(room, Math.max(-room, this.x));
    this.y = Math.min(room, Math.max(-room, this.y));
    const { style } = this.stage;
    style.setProperty("--zoom", String(this.scale));
    style.setProperty("--x", `${this.x * 100}%`);
    style.setProperty("--y", `${this.y * 100}%`);
    this.stage.classList.toggle("movable", this.zoomed);
  }

  /** A place from the middle of the frame under the pointer, in shares of the frame. */
  private from(event: MouseEvent): Point {
    const box = this.frame(event).getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width - 0.5,
      y: (event.clientY - box.top) / box.height - 0.5,
    };
  }

  private frame(event: MouseEvent): HTMLElement {
    const frames = [...this.stage.querySelectorAll<HTMLElement>(".pair-frame")];
    const under = frames.find((frame) => {
      const { left, right } = frame.getBoundingClientRect();
      return event.clientX >= left && event.clientX <= right;
    });
    return under ?? frames[0] ?? this.stage;
  }

  private wheeled(event: WheelEvent): void {
    // The wheel scrolls the page, as everywhere, unless the pictures are meant.
    if (!event.ctrlKey && !event.metaKey && !this.zoomed) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * 0.0016), this.from(event));
  }

  private pressed(event: PointerEvent): void {
    if (event.button) return;
    this.pointers.set(event.pointerId, this.from(event));
    if (!this.zoomed) this.swipe(this.from(event).x + 0.5);
    if (event.isTrusted) this.stage.setPointerCapture(event.pointerId);
  }

  private dragged(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.from(event);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = apart(now, other) / Math.max(0.01, apart(before, other));
      this.zoom(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (this.zoomed || !this.swipe(now.x + 0.5)) {
      this.move(now.x - before.x, now.y - before.y);
    }
    this.pointers.set(event.pointerId, now);
  }
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
