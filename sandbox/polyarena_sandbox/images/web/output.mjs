/** A bundle as it is put together and written. */
import { copyFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "./sources.mjs";
import { isCode } from "./plan.mjs";

const FILES = 400;
const FILE_BYTES = 15 << 20;
const BYTES = 40 << 20;
const COMPILED = /\.([cm]?ts|[jt]sx|svelte|vue)$/;
const UNPUBLISHED = /(^|\/)(package(-lock)?\.json|tsconfig[\w.-]*\.json|components\.json|[\w-]+\.config\.\w+|README\.md)$/;

export class Output {
  #made = new Map();
  #copied = new Map();

  make(name, data) {
    this.#made.set(name, typeof data === "string" ? Buffer.from(data) : data);
  }

  copy(name, path) {
    if (!this.#made.has(name)) this.#copied.set(name, path);
  }

  /** Files of the author's that pages may load; of an app that is built, no code. */
  publish(sources, built) {
    for (const name of sources.names) {
      const open = name.startsWith("public/");
      const code = built ? isCode(name) || /^src\/|\.css$/.test(name) : COMPILED.test(name);
      if (open) this.copy(name.slice("public/".length), sources.path(name));
      else if (!code && !UNPUBLISHED.test(name)) this.copy(name, sources.path(name));
    }
  }

  /** Raises Fault where it is too large, of which nothing is written then. */
  write(folder) {
    const sizes = [...this.#made.values()].map((data) => data.length);
    for (const [name, path] of this.#copied) if (!this.#made.has(name)) sizes.push(statSync(path).size);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (sizes.length > FILES || bytes > BYTES || Math.max(0, ...sizes) > FILE_BYTES)
      throw new Fault(
        `The app is too large: ${sizes.length} files, ${Math.ceil(bytes / 2 ** 20)} MB; ` +
        `there may be ${FILES}, ${BYTES >> 20} MB, and ${FILE_BYTES >> 20} MB in each.`,
      );
    for (const [name, data] of this.#made) writeFileSync(place(folder, name), data);
    for (const [name, path] of this.#copied)
      if (!this.#made.has(name)) copyFileSync(path, place(folder, name));
    return { files: sizes.length, bytes };
  }
}

function place(folder, name) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
