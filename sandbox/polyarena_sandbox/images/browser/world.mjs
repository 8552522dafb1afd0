/** A page from outside: through the browser's own interface, past whatever its scripts have changed. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Late } from "./clock.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The page cannot be asked: it went on to another document meanwhile, or is no more. */
export class Gone extends Error {}

/** Raises Late where the page does not answer in time, and Gone. */
export class World {
  /** How often the page wanted to go elsewhere, and did not. */
  departures = 0;
  #context;

  constructor(session, clock) {
    this.session = session;
    this.clock = clock;
  }

  async send(method, parameters = {}, most = 4000) {
    try {
      return await this.clock.within(most, this.session.send(method, parameters));
    } catch (error) {
      throw error instanceof Late ? error : new Gone(error.message);
    }
  }

  /** Make a world of ours anew, as after every load. */
  async enter() {
    const { frameTree } = await this.send("Page.getFrameTree");
    const { executionContextId } = await this.send("Page.createIsolatedWorld", {
      frameId: frameTree.frame.id, worldName: "render",
    });
    this.#context = executionContextId;
  }

  /** What a function of inside.mjs answers there. */
  async call(inside, values = [], most = 4000) {
    const { exceptionDetails, result } = await this.send("Runtime.callFunctionOn", {
      arguments: values.map((value) => ({ value })), awaitPromise: true,
      executionContextId: this.#context, functionDeclaration: String(inside), returnByValue: true,
    }, most);
    if (exceptionDetails) throw new Gone(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async bringAxe() {
    await this.send("Runtime.evaluate", { contextId: this.#context, expression: `${AXE};0` });
  }

  /** End what the page's scripts are at, and let them do no more. */
  async silence() {
    await this.send("Emulation.setScriptExecutionDisabled", { value: true }, 500).catch(() => {});
    await this.send("Runtime.terminateExecution", {}, 500).catch(() => {});
  }
}
