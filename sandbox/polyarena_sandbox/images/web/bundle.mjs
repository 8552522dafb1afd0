/** The author's code, bundled; libraries that are built ahead stay files of their own. */
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { svelte, vue } from "./components.mjs";
import { DEFINES } from "./libraries.mjs";
import { index } from "./packages.mjs";
import { HOME, MADE, MODULES } from "./places.mjs";
import { Fault } from "./sources.mjs";

const AS_FILE = [
  "avif", "bin", "csv", "eot", "exr", "gif", "glb", "gltf", "hdr", "ico", "jpeg", "jpg", "mp3",
  "mp4", "obj", "ogg", "otf", "pdf", "png", "svg", "ttf", "wasm", "wav", "webm", "webp", "woff",
  "woff2",
];
const AS_TEXT = ["frag", "glsl", "md", "txt", "vert", "wgsl"];
const LOADERS = Object.fromEntries([
  ...AS_FILE.map((end) => [`.${end}`, "file"]),
  ...AS_TEXT.map((end) => [`.${end}`, "text"]),
  [".js", "jsx"],
]);
const LIBRARY = "./lib/";
const QUERIES = { raw: "text", url: "file", inline: "dataurl" };
const ENVIRONMENT = { BASE_URL: "/", DEV: false, MODE: "production", PROD: true, SSR: false };

/** Bundle files, and modules of pages as `inline:NAME`. Answers `files` by name with the libraries'
 * files that each `needs`, and `starts` by entry; throws what esbuild does, or Fault. */
export async function bundle(sources, entries, libraries, tailwind) {
  const result = await build(options(sources, entries, libraries, tailwind));
  checkPlaces(sources, result.metafile);
  return collected(sources, result, entries);
}

function options(sources, entries, libraries, tailwind) {
  const style = async (css) => (tailwind.concerns(css) ? tailwind.compile(css) : css);
  return {
    absWorkingDir: sources.root,
    alias: aliases(sources),
    assetNames: "[name]-[hash]",
    bundle: true,
    charset: "utf8",
    chunkNames: "[name]-[hash]",
    define: { ...DEFINES, ...environment(), global: "globalThis" },
    entryNames: "[name]-[hash]",
    entryPoints: entries.map((path) => ({ in: path, out: outName(path) })),
    format: "esm",
    jsx: "automatic",
    legalComments: "none",
    loader: LOADERS,
    logLevel: "silent",
    logLimit: 0,
    metafile: true,
    minify: true,
    nodePaths: [MODULES],
    outdir: join(sources.root, MADE),
    plugins: [
      inline(sources, libraries), queries(), sheets(sources, tailwind), vue(style), svelte(style),
      libraries.plugin,
    ],
    publicPath: `/${MADE}/`,
    splitting: true,
    target: "es2022",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
    write: false,
  };
}

function collected({ root }, { metafile, outputFiles }, entries) {
  const files = new Map();
  const starts = new Map();
  const contents = new Map(outputFiles.map((file) => [relative(root, file.path), file.contents]));
  for (const [name, { cssBundle, entryPoint, imports }] of Object.entries(metafile.outputs)) {
    const needs = imports.filter((each) => each.external && each.path.startsWith(LIBRARY));
    files.set(name, {
      contents: contents.get(name), needs: needs.map((each) => each.path.slice(LIBRARY.length)),
    });
    const entry = entryPoint && entries.find((each) => [each, relative(root, each)].includes(entryPoint));
    if (entry) starts.set(entry, { script: name, sheet: cssBundle });
  }
  return { files, starts };
}

/** A file's own name; a module that stands in a page goes by the page's. */
function outName(path) {
  return basename(path).replace(/^inline:/, "").replace(/\.\w+(-\d+)?$/, "$1").replace(/[^\w-]/g, "-");
}

function environment() {
  const each = Object.entries(ENVIRONMENT).map(([name, value]) =>
    [`import.meta.env.${name}`, JSON.stringify(value)]);
  return { ...Object.fromEntries(each), "import.meta.env": "{}", "process.env": "{}" };
}

function aliases(sources) {
  const code = sources.names.some((name) => name.startsWith("src/")) ? sources.path("src") : sources.root;
  return { "@": code, "~": code };
}

const inline = (sources, libraries) => ({
  name: "inline",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path: path.slice(7), namespace: "inline" }));
    onLoad({ filter: /.*/, namespace: "inline" }, ({ path }) => ({
      contents: libraries.inline.get(path), loader: "tsx",
      resolveDir: join(sources.root, dirname(path)),
    }));
  },
});

const queries = () => ({
  name: "queries",
  setup({ onLoad, onResolve, resolve: find }) {
    onResolve({ filter: /\?(raw|url|inline)$/ }, async ({ path, kind, importer, resolveDir }) => {
      const [name, query] = path.split("?");
      const found = await find(name, { kind, importer, resolveDir });
      return found.errors.length ? found : { path: found.path, namespace: `as-${query}` };
    });
    for (const [query, loader] of Object.entries(QUERIES))
      onLoad({ filter: /.*/, namespace: `as-${query}` }, async ({ path }) => ({
        contents: await readFile(path), loader,
      }));
  },
});

const sheets = (sources, tailwind) => ({
  name: "sheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/, namespace: "file" }, async ({ path }) => {
      const text = path.startsWith(sources.root + sep) ? await readFile(path, "utf8") : "";
      if (!tailwind.concerns(text)) return undefined;
      try {
        const contents = await tailwind.compile(text, dirname(path));
        return { contents, loader: path.endsWith(".module.css") ? "local-css" : "css" };
      } catch (error) {
        return { errors: [{ text: error.message, location: { file: relative(sources.root, path) } }] };
      }
    });
  },
});

/** Raises Fault where something was taken from outside the app and the image's libraries. */
export function checkPlace(sources, path) {
  const found = resolve(sources.root, path);
  if (!sources.holds(found) && !found.startsWith(HOME + sep))
    throw new Fault(`${path} lies outside of the app.`);
}

function checkPlaces(sources, { inputs }) {
  for (const name of Object.keys(inputs)) {
    const path = name.replace(/^as-\w+:/, "");
    if (!/^(collection|inline|required|vue-style|<)/.test(path)) checkPlace(sources, path);
  }
}

/** Names that the built code takes from libraries which have no such exports. */
export function absentExports(text) {
  const statement = /\s*import\s*(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+[\w$]+|\{([^}]*)\})?\s*(?:from)?\s*"([^"]+)";?/y;
  const absent = [];
  for (let found; (found = statement.exec(text)); ) {
    const [, whole, list = "", path] = found;
    const exports = index.files[basename(path)]?.exports;
    const names = list.split(",").map((item) => item.trim().split(/\s+as\s+/)[0]).filter(Boolean);
    if (whole) names.push("default");
    for (const name of names) if (exports && !exports.includes(name)) absent.push([libraryOf(basename(path)), name]);
  }
  return absent;
}

function libraryOf(file) {
  return Object.keys(index.whole).find((name) => index.whole[name] === file) ?? file;
}
