/** How esbuild finds libraries: built ahead, one by one out of collections, or in the image. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME, LIBRARIES, MODULES } from "./places.mjs";
import { fromAddress, index, packageOf, specifierOf } from "./packages.mjs";

const WORD = /[A-Za-z_$][\w$]*/g;

/** Notes which libraries are used. `mapped` are the names of a page's import map, `inline` the
 * modules that stand in pages, by the names that they go by. */
export class Libraries {
  used = new Set();
  mapped = new Map();
  inline = new Map();

  get plugin() {
    return { name: "libraries", setup: (build) => this.#setUp(build) };
  }

  #setUp({ onLoad, onResolve, resolve }) {
    const elsewhere = (path, { kind, importer }) =>
      resolve(path, { kind, importer, resolveDir: MODULES });
    onResolve({ filter: /^(?:https?:)?\/\// }, (args) => this.#address(args, elsewhere));
    onResolve({ filter: /^[@A-Za-z]/ }, (args) => this.#bare(args.path, args));
    onLoad({ filter: /.*/, namespace: "collection" }, ({ path, pluginData }) => ({
      contents: taken(path.split("?")[0], pluginData), loader: "js", resolveDir: MODULES,
    }));
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `export * from "${path}"; export { default } from "${path}";`,
      resolveDir: MODULES,
    }));
  }

  #address(args, elsewhere) {
    if (args.kind === "url-token" || args.kind === "import-rule")
      return { path: args.path, external: true };
    const found = fromAddress(args.path);
    return found && (this.#bare(specifierOf(found), args) ?? elsewhere(specifierOf(found), args));
  }

  #bare(path, args) {
    if (args.kind === "entry-point" || args.kind === "url-token") return undefined;
    const mapped = this.mapped.get(path);
    if (mapped?.startsWith("/")) return { path: mapped };
    const name = mapped ?? path;
    if (!args.importer.startsWith(HOME)) this.used.add(packageOf(name));
    const file = index.whole[name];
    if (file && args.kind === "require-call") return { path: name, namespace: "required" };
    if (file) return { path: `./lib/${file}`, external: true };
    if (!Object.hasOwn(index.collections, name) || args.kind !== "import-statement")
      return undefined;
    const pluginData = this.#textOf(args);
    return { path: `${name}?${args.importer}`, namespace: "collection", pluginData };
  }

  #textOf({ importer, namespace }) {
    if (namespace === "file") return readFileSync(importer, "utf8");
    return this.inline.get(importer) ?? "";
  }
}

/** A module with those exports of a collection whose names stand in the importer's text. */
function taken(name, text) {
  const { exports, whole } = index.collections[name];
  const all = !text || new RegExp(`\\*\\s*(as\\s+[\\w$]+\\s*)?from\\s*["']${name}["']`).test(text);
  if (all) return `export * from ${JSON.stringify(join(MODULES, whole))};`;
  const lines = [];
  for (const word of new Set(text.match(WORD)))
    if (Object.hasOwn(exports, word)) {
      const [inner, file] = exports[word];
      lines.push(`export { ${inner} as ${word} } from ${JSON.stringify(join(MODULES, file))};`);
    }
  return lines.join("\n") || "export {};";
}

/** The built files that these need in their turn, these included. */
export function closure(files) {
  const found = new Set(files);
  for (const file of found) for (const need of index.files[file].needs) found.add(need);
  return [...found].sort();
}

export function libraryPath(file) {
  return join(LIBRARIES, file);
}
