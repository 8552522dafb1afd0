/** Opens an app, takes its pictures, and writes down what was seen. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clock, Late, pause } from "./clock.mjs";
import { examine, figures, settle } from "./inside.mjs";
import { Notes } from "./notes.mjs";
import { SIZES, isBlank, resize, shoot } from "./shots.mjs";
import { walk } from "./walk.mjs";
import { Gone, World } from "./world.mjs";

const DEFAULTS = { axe: true, quiet: 32, rest: 800, seconds: 20, sizes: Object.keys(SIZES), walk: 3 };
const AGAIN = 100;
const DOCUMENTS = 5;
const ELEMENTS = 5000;
const LOAD = 8000;
const TRIES = 3;

/** One app on the stage. The report is
 * {sandboxed, first_paint_ms, title, elements, blank, console, errors, failed_requests, left_out, axe, clicked,
 * dead_controls, dialogs, popups, hung, crashed, shots, seconds}. */
export class Render {
  report = {
    first_paint_ms: null, title: "", elements: 0, blank: true, axe: null, clicked: 0,
    dead_controls: [], hung: false, shots: {},
  };

  /** How many documents it has gone through, as some apps do at their beginning. */
  documents = 0;
  size = "desktop";

  constructor({ page, server, session }, folder, options) {
    Object.assign(this, { page, server, folder, options: { ...DEFAULTS, ...options } });
    this.clock = new Clock(this.options.seconds);
    this.world = new World(session, this.clock);
  }

  /** `more` goes into the report. Raises what goes wrong on our side. */
  async run(app, more = {}) {
    Object.assign(this.report, more);
    mkdirSync(this.folder, { recursive: true });
    this.server.root = app;
    const address = this.options.address ?? this.server.address;
    this.notes = new Notes(address, () => this.#silence());
    this.notes.listen(this.page);
    try {
      await this.#confine(address);
      await this.#step(() => this.#load(address));
      for (const size of this.options.sizes) await this.#step(() => this.#shoot(size));
      await this.#step(async () => Object.assign(this.report, await this.world.call(figures)));
      await this.#step(() => this.#examine());
      await this.#step(() => this.#walk());
    } finally {
      this.page.removeAllListeners();
      this.world.session.removeAllListeners();
      this.#write();
    }
  }

  /** A step is tried again where the page went on meanwhile, or did not answer and was silenced. */
  async #step(step) {
    for (let tries = 0; tries < TRIES && !this.notes.crashed && this.clock.left > 0; tries++) {
      try {
        return await step();
      } catch (error) {
        if (error instanceof Late) await this.#silence();
        else if (error instanceof Gone || this.notes.crashed) await pause(AGAIN);
        else throw error;
      }
    }
    return undefined;
  }

  async #silence() {
    this.report.hung = true;
    await this.world.silence();
  }

  /** Nothing but the app is ever gone to, and once it is there, nothing else of it. */
  async #confine(address) {
    const { session } = this.world;
    const { frameTree } = await this.world.send("Page.getFrameTree");
    session.on("Fetch.requestPaused", ({ frameId, request, requestId }) => {
      const departs = frameId === frameTree.frame.id && ++this.documents > DOCUMENTS;
      const stays = request.url.startsWith(address) && !departs;
      if (!stays) this.world.departures++;
      const answer = stays ? session.send("Fetch.continueRequest", { requestId })
        : session.send("Fetch.failRequest", { errorReason: "Aborted", requestId });
      answer.catch(() => {});
    });
    await this.world.send("Fetch.enable", { patterns: [{ resourceType: "Document", urlPattern: "*" }] });
  }

  async #load(address) {
    if (!this.loaded) {
      this.loaded = true;
      await this.clock.within(LOAD, this.#open(address));
    }
    await this.#rest(this.options.rest, this.options.quiet);
    this.documents = DOCUMENTS;
  }

  async #open(address) {
    try {
      await this.page.goto(address, { timeout: 0, waitUntil: "commit" });
      // There is nothing to go back to.
      await this.world.send("Page.resetNavigationHistory");
      await this.page.waitForLoadState("load", { timeout: 0 });
    } catch (error) {
      throw error instanceof Late ? error : new Gone(error.message);
    }
  }

  async #rest(most, quiet) {
    await this.world.enter();
    if (!this.report.hung) await this.world.call(settle, [most, quiet], most + 3000);
  }

  async #shoot(size) {
    if (size !== this.size) {
      await resize(this.world, size);
      await this.#rest(DEFAULTS.rest / 2, DEFAULTS.quiet);
      this.size = size;
    }
    const shot = await shoot(this.world);
    if (size === "desktop") this.report.blank = isBlank(shot);
    const name = `${size}.${shot.format}`;
    writeFileSync(join(this.folder, name), shot.data);
    this.report.shots[size] = name;
  }

  async #examine() {
    const { axe } = this.options;
    if (this.size !== "desktop") await resize(this.world, "desktop");
    if (!axe || this.report.hung || this.report.elements > ELEMENTS) return;
    await this.world.bringAxe();
    this.report.axe = { violations: await this.world.call(examine, [], 5000) };
  }

  async #walk() {
    if (this.report.hung || !this.options.walk) return;
    const { hung, ...done } = await walk(this.world, Math.min(this.options.walk * 1000, this.clock.left));
    Object.assign(this.report, done);
    if (hung) await this.#silence();
  }

  #write() {
    const { console, crashed, dialogs, errors, failed_requests, left_out, popups } = this.notes;
    const seen = { console, crashed, dialogs, errors, failed_requests, left_out, popups };
    if (!this.page.context().browser()?.isConnected()) seen.crashed = true;
    const report = { ...this.report, ...seen, seconds: this.clock.seconds };
    writeFileSync(join(this.folder, "report.json"), JSON.stringify(report));
  }
}
