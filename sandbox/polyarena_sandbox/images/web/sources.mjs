/** The files that an author handed in. */
import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { extname, join, relative } from "node:path";

const SKIPPED = new Set(["node_modules", "dist", "build", "package-lock.json", "yarn.lock"]);
const TEXT = new Set([
  ".cjs", ".css", ".cts", ".frag", ".glsl", ".htm", ".html", ".js", ".json", ".jsx", ".md", ".mjs",
  ".mts", ".svelte", ".svg", ".ts", ".tsx", ".txt", ".vert", ".vue",
]);
const FILES = 500;
const BYTES = 16 << 20;

/** The author is at fault; the text is for them. */
export class Fault extends Error {}

export class Sources {
  #texts = new Map();

  /** Raises Fault where there are too many files or bytes. */
  constructor(root) {
    this.root = root;
    this.sizes = new Map();
    this.links = [];
    this.#walk("");
    const bytes = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    if (this.sizes.size > FILES || bytes > BYTES)
      throw new Fault(`There are more than ${FILES} files, or than ${BYTES >> 20} MB of them.`);
  }

  get names() {
    return [...this.sizes.keys()];
  }

  has(name) {
    return this.sizes.has(name);
  }

  path(name) {
    return join(this.root, name);
  }

  text(name) {
    if (!this.#texts.has(name)) this.#texts.set(name, readFileSync(this.path(name), "utf8"));
    return this.#texts.get(name);
  }

  /** Names and contents of all that is text. */
  texts() {
    return this.names.filter((name) => TEXT.has(extname(name).toLowerCase()))
      .map((name) => [name, this.text(name)]);
  }

  /** Whether a path is a file of the author's, and no link. */
  holds(path) {
    return this.has(relative(this.root, path));
  }

  /** The first of these names that is there. */
  first(...names) {
    return names.find((name) => this.has(name));
  }

  #walk(folder) {
    for (const entry of readdirSync(join(this.root, folder)).sort()) {
      if (entry.startsWith(".") || SKIPPED.has(entry)) continue;
      const name = join(folder, entry);
      const found = lstatSync(join(this.root, name));
      if (found.isDirectory()) this.#walk(name);
      else if (found.isFile()) this.sizes.set(name, found.size);
      else this.links.push(name);
      if (this.sizes.size > FILES) return;
    }
  }
}
