const LARGEST = 8;
const ENLARGED = 2;

interface Point {
  x: number;
  y: number;
}

/** A picture on a stage: how large it is shown, and where; places are from the stage's middle. */
export class View {
  private scale = 1;
  private x = 0;
  private y = 0;
  private whole = true;
  private readonly pointers = new Map<number, Point>();

  constructor(
    private readonly stage: HTMLElement,
    private readonly image: HTMLImageElement,
    private readonly changed: (scale: number) => void,
  ) {
    stage.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.pressed(event));
    stage.addEventListener("pointermove", (event) => this.dragged(event));
    for (const kind of ["pointerup", "pointercancel"] as const) {
      stage.addEventListener(kind, (event) => this.pointers.delete(event.pointerId));
    }
    stage.addEventListener("dblclick", (event) => {
      if (this.whole) this.zoomTo(Math.max(1, this.least * 2), this.from(event));
      else this.fit();
    });
    new ResizeObserver(() => (this.whole ? this.fit() : this.show())).observe(stage);
  }

  /** Shows all of the picture. */
  fit(): void {
    this.whole = true;
    this.scale = this.least;
    this.x = this.y = 0;
    this.show();
  }

  /** Shows it larger or smaller by a factor, around a place. */
  zoom(factor: number, around: Point = { x: 0, y: 0 }): void {
    this.zoomTo(this.scale * factor, around);
  }

  /** Shows one of its pixels as one of the screen's. */
  real(): void {
    this.zoomTo(1 / devicePixelRatio, { x: 0, y: 0 });
  }

  /** Moves it by pixels of the page. */
  move(x: number, y: number): void {
    this.x += x;
    this.y += y;
    this.show();
  }

  private get least(): number {
    const { naturalWidth: width, naturalHeight: height } = this.image;
    const { clientWidth, clientHeight } = this.stage;
    return Math.min(clientWidth / (width || 1), clientHeight / (height || 1), ENLARGED);
  }

  private zoomTo(wanted: number, around: Point): void {
    const scale = Math.min(Math.max(wanted, this.least), Math.max(LARGEST, this.least));
    const factor = scale / this.scale;
    this.x = around.x - (around.x - this.x) * factor;
    this.y = around.y - (around.y - this.y) * factor;
    this.scale = scale;
    this.whole = scale <= this.least;
    this.show();
  }

  private show(): void {
    const { naturalWidth: width, naturalHeight: height } = this.image;
    const roomX = Math.max(0, (width * this.scale - this.stage.clientWidth) / 2);
    const roomY = Math.max(0, (height * this.scale - this.stage.clientHeight) / 2);
    this.x = Math.min(roomX, Math.max(-roomX, this.x));
    this.y = Math.min(roomY, Math.max(-roomY, this.y));
    const { x, y, scale } = this;
    this.image.style.transform = `translate(-50%, -50%) translate(${x}px, ${y}px) scale(${scale})`;
    this.image.classList.toggle("pixels", scale >= 3);
    this.stage.classList.toggle("movable", roomX > 0 || roomY > 0);
    this.changed(scale * devicePixelRatio);
  }

  private from(event: MouseEvent): Point {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
  }

  private wheeled(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * 0.0016), this.from(event));
  }

  private pressed(event: PointerEvent): void {
    this.pointers.set(event.pointerId, this.from(event));
    this.stage.setPointerCapture(event.pointerId);
  }

  private dragged(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.from(event);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = apart(now, other) / Math.max(1, apart(before, other));
      this.zoom(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      this.move((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else {
      this.move(now.x - before.x, now.y - before.y);
    }
    this.pointers.set(event.pointerId, now);
  }
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
