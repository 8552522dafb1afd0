/** The author's settings for Tailwind, evaluated for a second at most. */
import { transformSync } from "esbuild";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { Fault } from "./sources.mjs";
import { MODULES } from "./places.mjs";

const require = createRequire(join(MODULES, "index.js"));
const TIMEOUT = 1000;

/** Raises Fault where it throws or takes too long. */
export function readConfig(path) {
  const text = readFileSync(path, "utf8");
  const loader = extname(path) === ".ts" ? "ts" : "js";
  const module = { exports: {} };
  const { code } = transformSync(text, { format: "cjs", loader });
  run(code, { module, exports: module.exports, require: required });
  return module.exports.default ?? module.exports;
}

/** The settings that a page's script assigns to `tailwind.config`. */
export function assignedConfig(script) {
  const tailwind = {};
  run(script, { tailwind, window: { tailwind }, require: required });
  return tailwind.config;
}

function run(code, globals) {
  try {
    runInContext(code, createContext(globals), { timeout: TIMEOUT });
  } catch (error) {
    throw new Fault(`Tailwind's configuration failed: ${error.message ?? error}`);
  }
}

function required(name) {
  try {
    return require(name);
  } catch {
    return () => ({});
  }
}
