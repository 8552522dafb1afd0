/** What a page said and did wrong, cut to what a person reads. */

const ENTRIES = 100;
const CHARACTERS = 500;
const FLOOD = 2000;
const LEVELS = { assert: "error", warning: "warning", error: "error", debug: "debug" };

const cut = (text) => (text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text);

export class Notes {
  console = [];
  errors = [];
  failed_requests = [];
  crashed = false;
  dialogs = 0;
  popups = 0;
  left_out = 0;
  #events = 0;

  /** `flooded` is called once, when the page says more than anybody would read. */
  constructor(origin, flooded) {
    this.origin = origin;
    this.flooded = flooded;
  }

  listen(page) {
    page.on("console", (message) => {
      const text = message.text();
      // What the drawing without a graphics card says is not the page's.
      if (text.startsWith("[.WebGL-")) return;
      this.#note(this.console, { level: LEVELS[message.type()] ?? "info", text: cut(this.#local(text)) });
    });
    page.on("pageerror", (error) => this.#note(this.errors, cut(this.#local(worded(error)))));
    page.on("requestfailed", (request) => this.#failed(request.url(), request.failure()?.errorText));
    page.on("response", (response) => {
      if (response.status() >= 400) this.#failed(response.url(), String(response.status()));
    });
    page.on("crash", () => { this.crashed = true; });
    page.on("popup", (popup) => { this.popups++; popup.close().catch(() => {}); });
    page.on("dialog", (dialog) => {
      this.dialogs++;
      this.#count();
      dialog.dismiss().catch(() => {});
    });
  }

  #failed(url, reason = "") {
    if (/^data:|\/favicon\.ico$/.test(url) || reason === "net::ERR_ABORTED") return;
    this.#note(this.failed_requests, { url: cut(this.#local(url)), reason: reason.replace("net::", "") });
  }

  #note(list, entry) {
    this.#count();
    if (list.length < ENTRIES) list.push(entry);
    else this.left_out++;
  }

  #count() {
    if (++this.#events === FLOOD) this.flooded();
  }

  /** Addresses of the app's own files as paths. */
  #local(text) {
    return text.replaceAll(this.origin, "/");
  }
}

function worded(error) {
  const place = /\(?(\S+:\d+:\d+)\)?$/m.exec(error.stack ?? "")?.[1];
  const text = error.name && !error.message.startsWith(error.name) ? `${error.name}: ${error.message}` : error.message;
  return place ? `${text} (${place})` : text;
}
