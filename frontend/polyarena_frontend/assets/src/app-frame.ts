import { Focus } from "./app-focus";
import { Pointing } from "./app-pointer";
import { start } from "./app-server";
import type { AppUse } from "./app-use";
import { narrow, takesKeys } from "./dom";
import { say } from "./messages";
import { measure } from "./part-use";

type Device = "phone" | "tablet" | "desktop";

const SIZES: Record<Device, [width: number, height: number]> = {
  phone: [390, 844],
  tablet: [820, 1180],
  desktop: [1280, 800],
};
const SANDBOX = "allow-scripts allow-forms allow-pointer-lock";
const HERE = ["localhost", "127.0.0.1"];
const SETTLED_MS = 300;
const PATIENCE_MS = 5000;

/**
 * An app in its pane: its screenshot, and on top of it the app itself, in a frame that can reach
 * nothing. How it is used is seen from outside; nothing that comes from inside is listened to.
 */
class AppFrame extends HTMLElement {
  private readonly stage = this.querySelector<HTMLElement>("[data-stage]");
  private readonly view = this.querySelector<HTMLElement>("[data-view]");
  private readonly resized = new ResizeObserver(() => requestAnimationFrame(() => this.fit()));
  private readonly sight = new IntersectionObserver((seen) => this.saw(seen), { threshold: 0.5 });
  private battle: HTMLElement | null = null;
  private frame: HTMLIFrameElement | null = null;
  private use: AppUse | null = null;
  private device: Device = "desktop";
  private auto = false;
  private inSight = false;
  private started = false;
  private pointing: Pointing | null = null;
  private held: Focus | null = null;
  private timer = 0;
  private attempts = 0;

  connectedCallback(): void {
    if (!this.stage || this.battle) return;
    this.battle = this.closest("pa-battle");
    this.auto = Boolean(this.address) && !this.hasServer && this.isLast && this.isOwn;
    this.addEventListener("click", (event) => this.clicked(event));
    this.resized.observe(this);
    this.sight.observe(this.stage);
    this.addEventListener("fullscreenchange", () => this.filled());
    addEventListener("pagehide", this.left);
    document.addEventListener("visibilitychange", this.left);
    document.addEventListener("keydown", this.pressed, { capture: true });
    this.battle?.addEventListener("change", this.chosen);
    this.piece("[data-full]")?.toggleAttribute("hidden", !document.fullscreenEnabled);
    if (this.dataset["label"] && !this.address) this.unreachable();
    else this.tellState("still");
    this.show(narrow.matches ? "phone" : "desktop");
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.left);
    document.removeEventListener("visibilitychange", this.left);
    document.removeEventListener("keydown", this.pressed, { capture: true });
    this.battle?.removeEventListener("change", this.chosen);
    this.resized.disconnect();
    this.sight.disconnect();
    this.stop();
  }

  /** Where the app is to be had; nothing where its host is another machine's. */
  private get address(): string {
    const { label, entry } = this.dataset;
    const host = this.battle?.dataset["previews"] ?? "";
    if (!label || !host) return "";
    if (host.endsWith(".localhost") && !HERE.includes(location.hostname)) return "";
    const path = entry === "index.html" ? "" : (entry ?? "").split("/").map(encodeURIComponent).join("/");
    return `${this.origin(`p-${label}.${host}`)}/${path}`;
  }

  private origin(host: string): string {
    return `${location.protocol}//${host}${location.port && `:${location.port}`}`;
  }

  /** An app with a server is run once the voter says so: it takes a place that others wait for. */
  private get hasServer(): boolean {
    return "server" in this.dataset;
  }

  private get isLast(): boolean {
    return [...(this.battle?.querySelectorAll(".turn") ?? [])].pop() === this.closest(".turn");
  }

  private get isOwn(): boolean {
    return this.battle?.hasAttribute("data-events") === true;
  }

  private get measured(): AppUse | null {
    return measure(this, this.dataset["bundle"] ?? "", say("app_seen"));
  }

  private get side(): string {
    return this.closest<HTMLElement>(".card")?.dataset["side"] ?? "";
  }

  private piece(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (!button) return;
    if ("run" in button.dataset) {
      this.auto = false;
      this.use?.tell();
      // The one on the stage goes once the app starts.
      if (button.closest(".app-start")) this.piece("[data-run]")?.focus({ preventScroll: true });
      if (this.dataset["state"] === "still") this.run();
      else this.stop();
    } else if ("reload" in button.dataset) {
      this.use?.count("reload");
      this.stop();
      this.run();
    } else if ("full" in button.dataset) {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void this.requestFullscreen().catch(() => undefined);
    } else if (button.dataset["device"]) {
      this.use?.count("size");
      this.show(button.dataset["device"] as Device);
    }
  }

  private run(): void {
    if (this.frame || this.dataset["state"] === "loading" || !this.address) return;
    if (this.hasServer) void this.begin();
    else this.open(this.address);
  }

  /** Has the server start the app, and opens it. */
  private async begin(): Promise<void> {
    const attempt = ++this.attempts;
    this.tellState("loading");
    const turn = Number(this.closest<HTMLElement>(".turn")?.dataset["turn"] ?? 0);
    const shown = { turn, side: this.side, bundle: this.dataset["bundle"] ?? "" };
    const { host, problem } = await start(this.battle?.dataset["apps"] ?? "", shown);
    if (attempt !== this.attempts || !this.isConnected) return;
    if (host) return this.open(`${this.origin(host)}/`);
    this.tellState("still", problem);
    this.looksOnly();
  }

  private open(address: string): void {
    if (!this.view) return;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.allow = "";
    frame.referrerPolicy = "no-referrer";
    frame.title = say("app_live", { side: this.side.toUpperCase() });
    frame.addEventListener("load", () => this.loaded());
    frame.src = address;
    this.frame = frame;
    this.use ??= this.measured;
    this.view.append(frame);
    this.pointing = new Pointing(this.view, () => this.use?.count("pointer"));
    this.tellState("loading");
    this.timer = window.setTimeout(() => this.begun(), PATIENCE_MS);
  }

  private stop(): void {
    this.attempts += 1;
    clearTimeout(this.timer);
    this.frame?.remove();
    this.frame = null;
    this.pointing?.stop();
    this.pointing = null;
    this.held?.stop();
    this.held = null;
    this.started = false;
    this.use?.see(false);
    this.tellState("still");
  }

  private loaded(): void {
    this.tellState("live");
    this.begun();
  }

  private begun(): void {
    clearTimeout(this.timer);
    this.started = true;
    if (this.frame) this.held ??= this.guard(this.frame);
    this.look();
  }

  private show(device: Device): void {
    this.device = device;
    for (const button of this.querySelectorAll<HTMLElement>("[data-device]")) {
      button.setAttribute("aria-pressed", String(button.dataset["device"] === device));
    }
    let found = false;
    for (const shot of this.querySelectorAll<HTMLElement>("[data-shot]")) {
      shot.hidden = shot.dataset["shot"] !== device;
      found ||= !shot.hidden;
    }
    this.stage?.toggleAttribute("data-bare", !found);
    this.fit();
  }

  private fit(): void {
    if (!this.stage) return;
    const full = document.fullscreenElement === this;
    const across = this.stage.clientWidth;
    const down = full ? this.stage.clientHeight : Math.max(360, innerHeight * 0.8);
    if (!across) return;
    let [width, height] = SIZES[this.device];
    const own = narrow.matches ? "phone" : "desktop";
    if (full && this.device === own) [width, height] = [across, down];
    const scale = Math.min(1, across / width, down / height);
    this.stage.style.setProperty("--app-width", `${width}px`);
    this.stage.style.setProperty("--app-height", `${height}px`);
    this.stage.style.setProperty("--app-scale", String(scale));
    this.stage.toggleAttribute("data-fitted", true);
  }

  private filled(): void {
    const full = document.fullscreenElement === this;
    this.piece("[data-full]")?.setAttribute("aria-pressed", String(full));
    if (full) this.use?.count("full_screen");
    this.fit();
  }

  private guard(frame: HTMLIFrameElement): Focus {
    const pointed = (): boolean => this.pointing?.inside === true;
    const entered = (how: "click" | "key"): void => this.use?.count(how);
    return new Focus(frame, pointed, entered, () => this.evict());
  }

  private evict(): void {
    this.auto = false;
    this.stop();
    this.tellState("still", say("app_evicted"));
  }

  private saw(seen: IntersectionObserverEntry[]): void {
    this.inSight = (seen.pop()?.intersectionRatio ?? 0) >= 0.5;
    this.look();
    if (!this.auto || !this.inSight) return;
    setTimeout(() => this.auto && this.inSight && this.isConnected && this.run(), SETTLED_MS);
  }

  private look(): void {
    const seen = this.started && this.inSight && document.visibilityState === "visible";
    this.use?.see(seen);
  }

  private readonly chosen = (event: Event): void => {
    if ((event.target as HTMLInputElement).name === "choice") this.use?.tell();
  };

  private readonly left = (): void => {
    this.look();
    this.use?.tell();
  };

  /** Keys pressed while pointing at the app are for the app, not for the ballot. */
  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key === "Tab" && this.pointing) this.pointing.pointed = false;
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
    if (!this.frame || !this.pointing?.pointed || modified || takesKeys(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held?.give();
  };

  /** Its screenshots are what there is to look at. */
  private looksOnly(): void {
    this.use ??= this.measured;
    this.started = true;
    this.look();
  }

  private unreachable(): void {
    this.looksOnly();
    for (const run of this.querySelectorAll(".app-start, [data-run]")) run.remove();
    this.piece("[data-full]")?.remove();
    this.tellState("still", say("app_unreachable"));
  }

  private tellState(state: "still" | "loading" | "live", words = ""): void {
    this.dataset["state"] = state;
    const running = state !== "still";
    const run = this.piece("[data-run] span");
    if (run) run.textContent = say(running ? "app_stop" : "app_run");
    this.piece("[data-reload]")?.toggleAttribute("hidden", !running);
    const place = this.piece("[data-state]");
    if (!place) return;
    const missing = this.piece("[data-shot]") ? "" : place.dataset["missing"];
    const said = state === "loading" ? say("app_loading") : state === "live" ? "" : words || missing;
    place.textContent = said ?? "";
    place.hidden = !said;
  }
}

customElements.define("pa-app", AppFrame);
