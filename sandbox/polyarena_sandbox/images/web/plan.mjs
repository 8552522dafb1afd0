/** What an author's files are: the kind of app, its pages, and where its code begins. */
import { basename, dirname, extname, join } from "node:path";
import { scriptFile } from "./packages.mjs";
import { Fault } from "./sources.mjs";

const CODE = new Set([".cjs", ".cts", ".js", ".jsx", ".mjs", ".mts", ".svelte", ".ts", ".tsx", ".vue"]);
const MOUNTS = {
  react: /\b(createRoot|hydrateRoot|ReactDOM\.render)\s*\(/,
  vue: /\b(createApp|createSSRApp)\s*\(|\bnew\s+Vue\s*\(/,
  svelte: /\bmount\s*\(|\bnew\s+App\s*\(/,
};
const REACT = /\bfrom\s*["'](react|preact)["']|\brequire\(["']react["']\)/;
const MODULAR = /^\s*(import|export)\b/m;
const SKETCH = /\bcreateCanvas\s*\(/;
const USUAL = /(^|\/)(main|index|client|entry|app|page|sketch|script|game)\.[a-z]+$/i;
const IS_TEST = /\.(test|spec|stories|d)\.[a-z]+$|(^|\/)(__tests__|tests?)\//;
const CONFIG = /(^|\/)[\w-]+\.config\.[a-z]+$/;
const MADE = "index.html";

export const isCode = (name) => CODE.has(extname(name).toLowerCase());
const isPage = (name) => /\.html?$/i.test(name);

/** Pages as `{name, from, text}`; `from` is their folder. Raises Fault where nothing begins. */
export function planOf(sources) {
  const code = sources.names.filter((name) => isCode(name) && !IS_TEST.test(name) && !CONFIG.test(name));
  const kind = kindOf(sources, code);
  const pages = pagesOf(sources, kind);
  if (pages.length) return { kind, pages, entry: entryPage(pages), code, made: false };
  if (!code.length) throw new Fault("There is neither a page nor code among the files.");
  return { kind, pages: [emptyPage()], entry: MADE, code, made: true };
}

function kindOf(sources, code) {
  const ends = new Set(code.map((name) => extname(name).toLowerCase()));
  if (ends.has(".svelte")) return "svelte";
  if (ends.has(".vue")) return "vue";
  const apart = sources.names.some(isPage) ? code.filter((name) => !/\.jsx?$/.test(name)) : code;
  if (apart.some((name) => /\.[jt]sx$/.test(name))) return "react";
  if (code.some((name) => REACT.test(sources.text(name)))) return "react";
  const all = [...code, ...sources.names.filter(isPage)];
  return all.some((name) => SKETCH.test(sources.text(name))) ? "p5" : "html";
}

function pagesOf(sources, kind) {
  const names = sources.names.filter(isPage);
  const own = names.filter((name) => !name.startsWith("public/"));
  const chosen = own.length || kind === "html" ? own : names;
  return (chosen.length ? chosen : names).map((name) => ({
    name: name.replace(/^public\//, ""),
    from: dirname(name),
    text: sources.text(name).replaceAll("%PUBLIC_URL%", ""),
  }));
}

function entryPage(pages) {
  const depth = (name) => name.split("/").length * 2 - (basename(name) === MADE ? 1 : 0);
  return pages.map((page) => page.name).sort((one, other) => depth(one) - depth(other))[0];
}

function emptyPage() {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">';
  return {
    name: MADE, from: ".",
    text: `<!doctype html><html lang="en"><head>${head}<title>App</title></head>` +
      '<body><div id="root"></div></body></html>',
  };
}

/** What a page that loads no code is to load: a file, or a module made for it. */
export function beginning(sources, { kind, code }) {
  if (kind === "p5") return sketch(sources, code);
  const mounts = MOUNTS[kind];
  if (!mounts) return [{ module: { file: likeliest(code) } }];
  const mounting = code.filter((name) => mounts.test(sources.text(name)));
  if (mounting.length) return [{ module: { file: likeliest(mounting) } }];
  const component = likeliest(code.filter((name) => isComponent(name, kind, sources)));
  if (!component) throw new Fault("No file has a component as its default export.");
  return [{ module: { contents: mounted(kind, sources, component, code) } }];
}

function sketch(sources, code) {
  const modular = code.filter((name) => MODULAR.test(sources.text(name)));
  if (modular.length) return [{ module: { file: likeliest(modular) } }];
  const script = scriptFile({ name: "p5", file: "" });
  const plain = code.map((name) => ({ plain: sources.text(name), name }));
  return [{ script, library: "p5" }, ...plain];
}

function isComponent(name, kind, sources) {
  if (kind !== "react") return name.endsWith(`.${kind}`);
  return /\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/.test(sources.text(name));
}

function likeliest(names) {
  const rank = (name) => [
    /^(src\/)?App\.[a-z]+$/.test(name) ? 0 : 1, USUAL.test(name) ? 0 : 1, name.split("/").length,
  ];
  const compare = (one, other) => {
    const [first, second] = [rank(one), rank(other)];
    const place = first.findIndex((value, at) => value !== second[at]);
    return place < 0 ? 0 : first[place] - second[place];
  };
  return [...names].sort(compare)[0];
}

function mounted(kind, sources, component, code) {
  const text = code.map((name) => sources.text(name)).join("\n");
  const loose = sources.names.filter((name) => name.endsWith(".css") && !text.includes(basename(name)));
  const lines = loose.map((name) => `import ${JSON.stringify(sources.path(name))};`);
  lines.push(`import App from ${JSON.stringify(sources.path(component))};`);
  const root = 'document.getElementById("root") ?? document.getElementById("app") ?? document.body';
  const start = {
    react: `import { createElement } from "react"; import { createRoot } from "react-dom/client";
createRoot(${root}).render(createElement(App));`,
    vue: `import { createApp } from "vue"; createApp(App).mount(${root});`,
    svelte: `import { mount } from "svelte"; mount(App, { target: ${root} });`,
  };
  return [...lines, start[kind]].join("\n");
}

/** The names that a page's address may stand for, among the author's files. */
export function localFile(sources, page, address) {
  if (!address || /^([a-z][a-z\d+.-]*:|\/\/)/i.test(address)) return undefined;
  const plain = decoded(address.replace(/[?#].*$/s, ""));
  const name = plain.startsWith("/") ? plain.slice(1) : join(page.from, plain);
  const stem = name.replace(/\.[a-z]+$/, "");
  const ends = [".tsx", ".ts", ".jsx", ".js"].map((end) => stem + end);
  return sources.first(name, join(page.from, name), `public/${name}`, ...(isCode(name) ? ends : []));
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
