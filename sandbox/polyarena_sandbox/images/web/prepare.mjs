/** Makes the image's library of built packages; run once, when the image is made. */
import { build } from "esbuild";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { ALIASES, COLLECTIONS, DEFINES, WHOLE } from "./libraries.mjs";
import { HOME, INDEX, LIBRARIES, MODULES } from "./places.mjs";
import { GLOBALS } from "./scripts.mjs";

process.env.NODE_ENV = "production";
const require = createRequire(join(HOME, "prepare.mjs"));

const COMMON = {
  absWorkingDir: HOME,
  alias: Object.fromEntries(
    Object.entries(ALIASES).map(([name, file]) => [name, join(MODULES, file)]),
  ),
  bundle: true,
  conditions: ["production"],
  define: DEFINES,
  legalComments: "none",
  logLevel: "error",
  metafile: true,
  minify: true,
  target: "es2022",
};

const fileOf = (name) => name.replaceAll("/", "__");

/** Those of the packages that are CommonJS, of which no export can be seen from outside. */
async function commonJs() {
  const { metafile } = await build({
    ...COMMON, entryPoints: WHOLE.map((name) => ({ in: name, out: fileOf(name) })),
    format: "esm", minify: false, outdir: "/nowhere", splitting: true, write: false,
  });
  const entries = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint);
  const old = new Set();
  for (const [path, output] of entries)
    if (metafile.inputs[output.entryPoint].format === "cjs") old.add(basename(path, ".js"));
  return new Set(WHOLE.filter((name) => old.has(fileOf(name))));
}

function namesOf(name) {
  try {
    return Object.keys(require(name));
  } catch {
    return []; // Some want a window; of those there is the default export alone.
  }
}

/** An ES module that says by name what a CommonJS one exports. */
function spelledOut(name) {
  const plain = namesOf(name).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== "default");
  return `import * as whole from ${JSON.stringify(name)};
export default whole.default;
export const { ${plain.join(", ")} } = whole;`;
}

const wrapping = {
  name: "wrapping",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^wrapped:/ }, ({ path }) => ({ path: path.slice(8), namespace: "wrapped" }));
    onLoad({ filter: /.*/, namespace: "wrapped" }, ({ path }) => ({
      contents: spelledOut(path), resolveDir: HOME,
    }));
  },
};

async function buildWhole() {
  const old = await commonJs();
  const { metafile } = await build({
    ...COMMON, chunkNames: "[hash]",
    entryPoints: WHOLE.map((name) => ({
      in: old.has(name) ? `wrapped:${name}` : name, out: fileOf(name),
    })),
    format: "esm", outdir: LIBRARIES, plugins: [wrapping], splitting: true,
  });
  const files = {};
  for (const [path, { imports, exports }] of Object.entries(metafile.outputs)) {
    const needs = imports.filter((each) => !each.external).map((each) => basename(each.path));
    files[basename(path)] = { exports, needs: [...new Set(needs)] };
  }
  const whole = Object.fromEntries(WHOLE.map((name) => [name, `${fileOf(name)}.js`]));
  return { whole, files };
}

/** For every export of a collection the statement that takes it from its own file. */
function exportsOf(path) {
  const folder = dirname(path);
  const text = readFileSync(path, "utf8");
  const imported = new Map();
  const found = {};
  const named = /\b(import|export)\s*\{([^}]*)\}\s*(?:from\s*["']([^"']+)["'])?/g;
  for (const [, kind, list, from] of text.matchAll(named))
    for (const item of list.split(",").map((each) => each.trim()).filter(Boolean)) {
      const [name, as = name] = item.split(/\s+as\s+/);
      if (kind === "import") imported.set(as, [name, from]);
      else if (from) found[as] = [name, join(folder, from)];
      else if (imported.has(name)) {
        const [inner, file] = imported.get(name);
        found[as] = [inner, join(folder, file)];
      }
    }
  return found;
}

function buildCollections() {
  const collections = {};
  for (const [name, file] of Object.entries(COLLECTIONS)) {
    const found = exportsOf(join(MODULES, file));
    for (const entry of Object.values(found)) entry[1] = relative(MODULES, entry[1]);
    collections[name] = { exports: found, whole: file };
  }
  return collections;
}

/** Only one React may be in a page: the others take the window's. */
const sharing = {
  name: "sharing",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^react$/ }, () => ({ path: "react", namespace: "window" }));
    onLoad({ filter: /.*/, namespace: "window" }, () => ({
      contents: "module.exports = window.React;",
    }));
  },
};

async function buildGlobals() {
  for (const [name, contents] of Object.entries(GLOBALS))
    await build({
      ...COMMON, format: "iife",
      outfile: join(LIBRARIES, "global", `${fileOf(name)}.js`),
      plugins: name === "react" ? [] : [sharing],
      stdin: { contents, resolveDir: HOME },
    });
}

rmSync(LIBRARIES, { recursive: true, force: true });
mkdirSync(LIBRARIES);
const index = { ...(await buildWhole()), collections: buildCollections() };
await buildGlobals();
writeFileSync(INDEX, JSON.stringify(index));
