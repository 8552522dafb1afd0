/** What stands in a page, in the end, for what it loaded. */
import { transform } from "esbuild";
import { createHash } from "node:crypto";
import { dirname, relative } from "node:path";
import { errorsOf } from "./messages.mjs";
import { HOME, MADE } from "./places.mjs";

const hashed = (text) => createHash("sha256").update(text).digest("hex").slice(0, 8);
const link = (path) => `<link rel="stylesheet" href="/${path}">`;

export class Tags {
  messages = [];

  /** `built` says of an item its script and its style sheet in the bundle. */
  constructor(sources, output, tailwind, built, hasModules) {
    Object.assign(this, { sources, output, tailwind, built });
    this.unasked = hasModules && !tailwind.present && tailwind.wanted;
  }

  /** The text of a page; what it needs besides is put into the output. */
  async write(page) {
    const sheets = page.items.map((item) => this.built.get(item)?.sheet).filter(Boolean);
    if (this.unasked || (page.wantsTailwind && !page.items.some((item) => item.style)))
      sheets.unshift(this.#made("tailwind", "css", await this.tailwind.compile()));
    const texts = new Map();
    for (const item of page.items) texts.set(item, await this.#tag(item, page.wantsTailwind));
    return page.write(texts, [...new Set(sheets)].map(link).join(""));
  }

  #made(name, end, text) {
    const path = `${MADE}/${name}-${hashed(text)}.${end}`;
    this.output.make(path, text);
    return path;
  }

  async #tag(item, wantsTailwind) {
    if (item.module) return `<script type="module" src="/${this.built.get(item).script}"></script>`;
    if (item.librarySheet) return link(this.built.get(item).script);
    if (item.script) return this.#script(item);
    if (item.plain) return this.#plain(item);
    if (item.sheet) return this.#sheet(item.sheet);
    if (item.style) return `<style>${await this.tailwind.compile(item.style, undefined, wantsTailwind)}</style>`;
    return "";
  }

  #script({ script, attributes = {} }) {
    const path = `${MADE}/${relative(HOME, script).replace(/^node_modules\//, "")}`;
    this.output.copy(path, script);
    const kept = ["defer", "async"].filter((name) => name in attributes).map((name) => ` ${name}`);
    return `<script src="/${path}"${kept.join("")}></script>`;
  }

  async #plain({ plain, name }) {
    try {
      const { code } = await transform(plain, {
        jsx: "transform", loader: "tsx", sourcefile: name, target: "es2022",
      });
      return `<script defer src="/${this.#made("script", "js", code)}"></script>`;
    } catch ({ errors }) {
      this.messages.push(...errorsOf(errors, this.sources.root));
      return "";
    }
  }

  async #sheet(name) {
    const text = this.sources.text(name);
    const path = name.replace(/^public\//, "");
    this.output.make(path, this.tailwind.concerns(text)
      ? await this.tailwind.compile(text, dirname(this.sources.path(name))) : text);
    return link(path);
  }
}
