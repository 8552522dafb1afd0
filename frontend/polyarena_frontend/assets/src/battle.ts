import { Answer, type Patch, type SideState } from "./answer";
import { announce } from "./dom";
import { Follower } from "./follow";
import { say } from "./messages";
import { SideTabs } from "./side-tabs";

type Side = "a" | "b";

interface BallotState {
  ballot_open: boolean;
  closed_because: string;
  turn_allowed: boolean;
}

interface Snapshot extends BallotState {
  turn: number;
  sides: Partial<Record<Side, SideState>>;
}

/** A battle's page: shows both answers as they come, and opens the ballot when they are in. */
class Battle extends HTMLElement {
  private stream: EventSource | null = null;
  private answers = new Map<string, Answer>();
  private turn = -1;
  private readonly follower = new Follower(() => this.turnElement());
  private tabs: SideTabs | null = null;

  connectedCallback(): void {
    this.tabs = new SideTabs(this);
    if (this.dataset["title"] && this.closest("#stage")) this.entitle(this.dataset["title"]);
    if (!this.hasAttribute("data-live") || !this.dataset["events"]) return;
    if (this.querySelectorAll(".turn").length > 1) this.turnElement()?.scrollIntoView();
    this.listen(this.dataset["events"]);
  }

  disconnectedCallback(): void {
    this.close();
    this.tabs?.stop();
  }

  private listen(address: string): void {
    const stream = new EventSource(address);
    this.stream = stream;
    this.follower.start();
    const on = <T>(name: string, act: (data: T) => void): void =>
      stream.addEventListener(name, (event) => {
        this.follower.around(() => act(JSON.parse((event as MessageEvent<string>).data) as T));
      });
    on<Snapshot>("snapshot", (data) => this.snapshot(data));
    on<Record<string, Patch[]>>("patch", (data) => {
      for (const [side, patches] of Object.entries(data)) this.answer(side)?.patch(patches);
    });
    on<SideState & { side: Side }>("side", (data) => this.side(data.side, data));
    on<BallotState & { live: boolean }>("battle", (data) => this.settle(data));
    stream.addEventListener("error", () => this.lost());
    stream.addEventListener("open", () => this.removeAttribute("data-lost"));
  }

  private close(): void {
    this.stream?.close();
    this.stream = null;
    this.follower.stop();
  }

  private lost(): void {
    if (!this.stream) return;
    this.setAttribute("data-lost", "");
    announce(this, say("reconnecting"));
    if (this.stream.readyState !== EventSource.CLOSED || !this.dataset["events"]) return;
    const address = this.dataset["events"];
    this.close();
    setTimeout(() => this.isConnected && this.listen(address), 3000);
  }

  private snapshot(data: Snapshot): void {
    if (data.turn !== this.turn) this.answers.clear();
    this.turn = data.turn;
    for (const [side, state] of Object.entries(data.sides)) this.answer(side)?.show(state);
    this.ballot(data);
  }

  private side(side: Side, state: SideState): void {
    this.answer(side)?.show(state);
    const letter = side.toUpperCase();
    if (state.status === "done") announce(this, say("finished", { side: letter }));
    if (state.status === "failed") {
      announce(this, say("failed", { side: letter, why: state.note }));
    }
  }

  private settle(data: BallotState & { live: boolean }): void {
    if (!data.live) {
      this.removeAttribute("data-live");
      this.removeAttribute("data-lost");
      this.close();
    }
    this.ballot(data);
    if (data.ballot_open) announce(this, say("ballot_open"));
  }

  private ballot(data: BallotState): void {
    this.toggleAttribute("data-turn-allowed", data.turn_allowed);
    this.dispatchEvent(new CustomEvent("battlestate", { detail: data }));
  }

  private answer(side: string): Answer | undefined {
    const known = this.answers.get(side);
    if (known) return known;
    const card = this.turnElement()?.querySelector<HTMLElement>(`.card[data-side="${side}"]`);
    if (!card) return undefined;
    const made = new Answer(card, this.querySelector<HTMLElement>(`[data-dot="${side}"]`));
    this.answers.set(side, made);
    return made;
  }

  private turnElement(): HTMLElement | null {
    const turns = this.querySelectorAll<HTMLElement>(".turn");
    const named = this.querySelector<HTMLElement>(`.turn[data-turn="${this.turn}"]`);
    return named ?? turns[turns.length - 1] ?? null;
  }

  private entitle(title: string): void {
    const site = document.title.split(" · ").pop() ?? "";
    document.title = `${title} · ${site}`;
  }
}

customElements.define("pa-battle", Battle);
