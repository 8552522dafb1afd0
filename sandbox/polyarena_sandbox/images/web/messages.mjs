/** What esbuild says, for people. */
import { isAbsolute, relative } from "node:path";
import { has, isBuiltIn, packageOf } from "./packages.mjs";

const MESSAGES = 50;
const UNRESOLVED = /^Could not resolve "([^"]+)"(?: \(originally "([^"]+)"\))?/;
const LOCAL = /^([./~]|@\/)/;

function unresolved(text) {
  const [, found, asked] = UNRESOLVED.exec(text) ?? [];
  return asked ?? found;
}

const isLibrary = (name) => !LOCAL.test(name) && !/^[a-z]+:\/\//i.test(name);

function plain(text) {
  const name = unresolved(text);
  if (!name) return text;
  if (/^https?:/.test(name)) return `${name} would have to come from another host.`;
  if (!isLibrary(name)) return `${name} is not among the app's files.`;
  if (isBuiltIn(name)) return `${name} is there in Node.js alone, not in a browser.`;
  return has(packageOf(name)) ? `The library ${packageOf(name)} has no ${name}.`
    : `The library ${packageOf(name)} is not there.`;
}

/** Messages with their places; `line` and `column` begin with 1, and are 0 where unknown. */
export function errorsOf(errors, root) {
  return errors.slice(0, MESSAGES).map(({ text, location }) => {
    const file = (location?.file ?? "").replace(/^\w[\w-]+:(?!\/\/)/, "");
    return {
      level: "error", file: isAbsolute(file) ? relative(root, file) : file,
      line: location?.line ?? 0, column: location?.line ? (location.column ?? 0) + 1 : 0,
      text: plain(text),
    };
  });
}

/** The libraries asked for that the image does not have. */
export function missingOf(errors) {
  const names = errors.map(({ text }) => unresolved(text)).filter((name) => name && isLibrary(name));
  return new Set(names.map(packageOf).filter((name) => !has(name)));
}
