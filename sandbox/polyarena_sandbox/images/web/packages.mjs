/** From what an import or an address names to what the image has of it. */
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { INDEX, LIBRARIES, MODULES } from "./places.mjs";
import { FILES, GLOBALS } from "./scripts.mjs";

export const index = JSON.parse(readFileSync(INDEX, "utf8"));

const RENAMED = {
  "font-awesome": "@fortawesome/fontawesome-free",
  "highlight.js": "@highlightjs/cdn-assets",
  "lodash.js": "lodash",
  "p5.js": "p5",
  "pixi": "pixi.js",
  "three.js": "three",
  "chartjs": "chart.js",
  "gsap-latest-beta": "gsap",
};

const HOSTS = [
  // [host, pattern of the path: the package, then the file]
  ["unpkg.com", /^\/((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?\/?(.*)$/],
  ["cdn.jsdelivr.net", /^\/npm\/((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?\/?(.*)$/],
  ["cdnjs.cloudflare.com", /^\/ajax\/libs\/([^/]+)\/[^/]+\/(.*)$/],
  ["esm.sh", /^\/(?:v\d+\/|stable\/|\*)?((?:@[^/@]+\/)?[^/@?]+)(?:@[^/]*)?\/?(.*)$/],
  ["esm.run", /^\/((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?\/?(.*)$/],
  ["cdn.skypack.dev", /^\/((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?\/?(.*)$/],
  ["ga.jspm.io", /^\/npm:((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?\/?(.*)$/],
  ["ajax.googleapis.com", /^\/ajax\/libs\/([^/]+)\/[^/]+\/(.*)$/],
  ["code.jquery.com", /^\/(jquery)[-.\d]*(.*)$/],
  ["d3js.org", /^\/(d3)(?:\.v\d+)?(.*)$/],
  ["threejs.org", /^\/build\/(three)(.*)$/],
];

/** The package that a bare import names, without what follows. */
export function packageOf(specifier) {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

export function isBuiltIn(specifier) {
  return specifier.startsWith("node:") || builtinModules.includes(packageOf(specifier));
}

export function has(name) {
  return /^(@[\w.-]+\/)?[\w.-]+$/.test(name) && existsSync(join(MODULES, name, "package.json"));
}

/** The package and its file that an address of a public library host names; else undefined. */
export function fromAddress(address) {
  const url = URL.parse(address, "file:///");
  for (const [host, pattern] of HOSTS) {
    const found = url?.host === host && pattern.exec(url.pathname.replaceAll("%40", "@"));
    if (found) return { name: RENAMED[found[1].toLowerCase()] ?? renamed(found[1]), file: found[2] };
  }
  return undefined;
}

function renamed(name) {
  const low = name.toLowerCase();
  return has(name) || !has(low) ? name : low;
}

/** What an import of such an address would be as a bare one. */
export function specifierOf({ name, file }) {
  const inner = file.replace(/\/?\+esm$/, "").replace(/^(es20\d\d|esnext)\/.*$/, "");
  const main = /^(build|dist|es|esm|lib|src|umd)\/[\w.-]+\.m?js$/.test(inner);
  return !inner || main ? name : `${name}/${inner}`;
}

/** The file on disk, under the image's libraries, for a script tag with such an address. */
export function scriptFile({ name, file }) {
  if (Object.hasOwn(GLOBALS, name) && (name !== "three" || !/controls|loaders/i.test(file)))
    return join(LIBRARIES, "global", `${name}.js`);
  if (!has(name)) return undefined;
  const usual = FILES[name] ?? standardFile(name);
  const stem = file.replace(/^.*\//, "");
  const folder = usual?.replace(/[^/]*$/, "") ?? "";
  const tried = [file, stem && folder + stem, stem && folder + stem.replace(/\.js$/, ".min.js")];
  const own = new Set(["min.js", name, `${name}.js`, `${name}.min.js`]);
  const found = tried.find((each) => each && !own.has(stem) && isScript(name, each)) ?? usual;
  return found && isScript(name, found) ? join(MODULES, name, found) : undefined;
}

/** The file on disk for a style sheet with such an address. */
export function sheetFile({ name, file }) {
  if (!has(name)) return undefined;
  const { style } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
  const stem = file.replace(/^.*\//, "");
  const tried = [file, `css/${stem}`, `dist/${stem}`, `dist/css/${stem}`, `styles/${stem}`, stem, style];
  const found = tried.find((each) => each?.endsWith(".css") && isFile(name, each));
  return found && join(MODULES, name, found);
}

function standardFile(name) {
  const about = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
  return [about.jsdelivr, about.unpkg].find((each) => typeof each === "string");
}

function isFile(name, file) {
  return !file.split("/").includes("..") && existsSync(join(MODULES, name, file));
}

function isScript(name, file) {
  return /\.js$/.test(file) && isFile(name, file);
}
