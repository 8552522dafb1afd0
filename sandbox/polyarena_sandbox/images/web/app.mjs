/** One app, from its author's files to its bundle. */
import { basename, join, relative } from "node:path";
import { absentExports, bundle } from "./bundle.mjs";
import { errorsOf, missingOf } from "./messages.mjs";
import { Output } from "./output.mjs";
import { Page } from "./pages.mjs";
import { has } from "./packages.mjs";
import { MADE } from "./places.mjs";
import { beginning, planOf } from "./plan.mjs";
import { Libraries, closure, libraryPath } from "./resolve.mjs";
import { Sources } from "./sources.mjs";
import { Tags } from "./tags.mjs";
import { Tailwind } from "./tailwind.mjs";
import { needsVite, runVite } from "./vite.mjs";

export class App {
  kind = "";
  entry = "";
  builder = "copy";
  messages = [];
  missing = new Set();
  libraries = new Libraries();
  #output = new Output();
  #modules = new Map();
  #sheets = new Map();
  #built = new Map();

  /** Build from the folder `root` into `target`; false where a message says why that failed.
   * Raises Fault, and whatever goes wrong on our side. */
  async build(root, target) {
    const sources = new Sources(root);
    for (const link of sources.links) this.#say(`${link} is a link, and was left out.`, "warning");
    const plan = planOf(sources);
    Object.assign(this, { kind: plan.kind, entry: plan.entry });
    const pages = plan.pages.map((page) => new Page(sources, page));
    this.#begin(sources, plan, pages);
    for (const page of pages) this.#note(sources, page);
    const tailwind = new Tailwind(sources, pages.find((page) => page.config)?.config);
    await this.#bundle(sources, tailwind);
    if (this.#failed) return false;
    this.#output.publish(sources, plan.kind !== "html" && plan.kind !== "p5");
    const tags = new Tags(sources, this.#output, tailwind, this.#built, this.#modules.size > 0);
    for (const page of pages) this.#output.make(page.name, await tags.write(page));
    this.messages.push(...tags.messages);
    if (!this.#failed) this.#output.write(target);
    return !this.#failed;
  }

  /** The libraries of the image that the app takes something from. */
  get used() {
    return [...this.libraries.used].filter(has).sort();
  }

  get #failed() {
    return this.messages.some(({ level }) => level === "error");
  }

  #say(text, level = "error") {
    this.messages.push({ level, file: "", line: 0, column: 0, text });
  }

  /** A page that loads none of the app's code gets a beginning. */
  #begin(sources, plan, pages) {
    const page = pages.find(({ name }) => name === plan.entry);
    if (!plan.code.length || page.hasCode || (plan.kind === "html" && !plan.made)) return;
    for (const item of beginning(sources, plan)) page.append(item);
  }

  #note(sources, page) {
    for (const name of page.missing) this.missing.add(name);
    for (const [name, path] of page.mapped) this.libraries.mapped.set(name, path);
    page.items.forEach((item, place) => {
      if (item.fault) this.#say(item.fault);
      if (item.library) this.libraries.used.add(item.library);
      if (item.module) this.#modules.set(item, this.#entryOf(sources, item.module, page, place));
      if (item.librarySheet) this.#sheets.set(item, item.librarySheet);
    });
  }

  #entryOf(sources, { file, contents }, page, place) {
    if (file) return sources.path(file);
    const name = join(page.from, `${basename(page.name)}-${place}`);
    this.libraries.inline.set(name, contents);
    return `inline:${name}`;
  }

  async #bundle(sources, tailwind) {
    const entries = new Map([...this.#modules, ...this.#sheets]);
    if (!entries.size) return;
    const paths = [...new Set(entries.values())];
    const vite = this.#modules.size > 0 && needsVite(sources);
    this.builder = vite ? "vite" : "esbuild";
    try {
      const built = vite
        ? await runVite(sources, paths, this.kind, this.libraries, tailwind)
        : await bundle(sources, paths, this.libraries, tailwind);
      this.#take(sources.root, built, entries);
    } catch (error) {
      if (!error.errors) throw error;
      this.messages.push(...errorsOf(error.errors, sources.root));
      for (const name of missingOf(error.errors)) this.missing.add(name);
    }
  }

  /** `files` by name, with the libraries' files that each `needs`; `starts` by entry. */
  #take(root, { files, starts }, entries) {
    const needed = new Set();
    for (const [name, { contents, needs }] of files) {
      this.#output.make(name, contents);
      for (const file of needs) needed.add(file);
      if (!needs.length) continue;
      for (const [library, absent] of absentExports(Buffer.from(contents).toString()))
        this.#say(`${library} has no export named ${absent}.`);
    }
    for (const [item, path] of entries) this.#built.set(item, starts.get(path));
    for (const file of closure(needed)) this.#output.copy(`${MADE}/lib/${file}`, libraryPath(file));
  }
}
