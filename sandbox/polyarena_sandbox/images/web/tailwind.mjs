/** Tailwind, in the current dialect and in the previous one. */
import { Scanner } from "@tailwindcss/oxide";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { compile } from "tailwindcss";
import { readConfig } from "./config.mjs";
import { MODULES } from "./places.mjs";
import { Fault } from "./sources.mjs";

const require = createRequire(join(MODULES, "index.js"));
const PREVIOUS = /@tailwind\s+(base|components|utilities)\b/;
const IMPORTED = /@import\s+["']tailwindcss(["'/])/;
const DIRECTIVE = /@(apply|theme|utility|variant|custom-variant|screen|layer\s+(base|components|utilities))\b|\btheme\(/;
const REFERENCE = '@reference "tailwindcss";';
const WHOLE = '@import "tailwindcss";';
const CLASSES = /class(?:Name)?\s*=\s*[{]?\s*["'`]([^"'`]*)/g;
const TYPICAL =
  /(?:^|\s)(?:[a-z-]+:)*(?:[mp][xytblr]?-\d|gap-\d|text-(?:xs|sm|lg|[2-9]?xl)|bg-\w+-\d{2,3}|text-\w+-\d{2,3}|rounded(?:-\w+)?|flex|grid|items-center|justify-|min-h-|max-w-|w-full|h-full|font-(?:bold|semibold|medium)|shadow)/;
const ENOUGH = 3;

export class Tailwind {
  #candidates;

  /** `config` is the author's own in the previous dialect, where there is one. */
  constructor(sources, config) {
    this.sources = sources;
    this.config = config ?? findConfig(sources);
  }

  /** Whether elements carry typical classes, so that a sheet is wanted though none asks for it. */
  get wanted() {
    let found = 0;
    for (const [name, text] of this.sources.texts())
      if (!name.endsWith(".css"))
        for (const [, classes] of text.matchAll(CLASSES)) found += TYPICAL.test(classes);
    return found >= ENOUGH;
  }

  /** Whether any of the author's sheets brings Tailwind in. */
  get present() {
    return this.sources.texts().some(([name, text]) =>
      /\.(css|vue|svelte|html?)$/.test(name) && (PREVIOUS.test(text) || IMPORTED.test(text)));
  }

  concerns(css) {
    return PREVIOUS.test(css) || IMPORTED.test(css) || DIRECTIVE.test(css);
  }

  /** `whole` brings in all of it, though the sheet does not say so. Raises Fault for a sheet that
   * Tailwind can make no sense of. */
  async compile(css = WHOLE, base = this.sources.root, whole = false) {
    try {
      const compiler = await compile(this.#translate(css, whole), {
        base,
        loadModule: async (id, from) => ({ base: from, path: id, module: this.#module(id, from) }),
        loadStylesheet: async (id, from) => this.#sheet(id, from),
      });
      return compiler.build(this.#used());
    } catch (error) {
      throw new Fault(`Tailwind: ${error.message}`);
    }
  }

  #used() {
    this.#candidates ??= new Scanner({}).scanFiles(
      this.sources.texts().filter(([name]) => !name.endsWith(".css"))
        .map(([name, content]) => ({ content, extension: extname(name).slice(1) })),
    );
    return this.#candidates;
  }

  #translate(css, whole) {
    const config = this.config ? '@config "author";\n' : "";
    if (PREVIOUS.test(css)) {
      const known = css.replace(/@tailwind\s+(base|components|utilities)\s*;?/g, "");
      return `${WHOLE}\n${config}${known}`;
    }
    if (IMPORTED.test(css)) return css.includes("@config") ? css : `${css}\n${config}`;
    return `${whole ? WHOLE : REFERENCE}\n${config}${css}`;
  }

  #module(id, from) {
    if (id === "author") return this.config;
    return id.startsWith(".") ? readConfig(this.#own(id, from)) : require(id);
  }

  #sheet(id, from) {
    const path = /^[./]/.test(id) && !from.startsWith(MODULES) ? this.#own(id, from) : sheetOf(id, from);
    return { path, base: dirname(path), content: readFileSync(path, "utf8") };
  }

  #own(id, from) {
    const path = resolve(from, id);
    if (!this.sources.holds(path)) throw new Error(`${id} is not among the app's files.`);
    return path;
  }
}

/** A sheet of a library, or beside one. */
function sheetOf(id, from) {
  const inside = id.startsWith(".") ? [resolve(from, id)] : [];
  const usual = [`${id}.css`, `${id}/index.css`, id, `${id}/dist/${id}.css`];
  const found = [...inside, ...usual.map((name) => join(MODULES, name))].find((path) =>
    path.startsWith(MODULES) && path.endsWith(".css") && existsSync(path));
  if (!found) throw new Error(`The style sheet ${id} is not there.`);
  return found;
}

function findConfig(sources) {
  const name = sources.first(...["js", "cjs", "mjs", "ts"].map((end) => `tailwind.config.${end}`));
  return name && readConfig(sources.path(name));
}
