/** Builds an app and writes down how that went. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { App } from "./app.mjs";
import { Fault } from "./sources.mjs";

/** How it shows that esbuild ended over the code, of which it can take any but the absurd. */
const GAVE_UP = /service (was stopped|is no longer running)|Maximum call stack/;
const TOO_MUCH = "The code is too much for the builder.";

/** Answers what is written to `report`:
 * {ok, kind, entry, messages: [{level, file, line, column, text}], libraries, missing, builder, seconds}.
 * Raises what goes wrong on our side. */
export async function build(source, target, report) {
  const began = performance.now();
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const app = new App();
  let ok = false;
  try {
    ok = await app.build(source, target);
  } catch (error) {
    const text = error instanceof Fault ? error.message : GAVE_UP.test(error.message) && TOO_MUCH;
    if (!text) throw error;
    app.messages.push({ level: "error", file: "", line: 0, column: 0, text });
  }
  const { kind, entry, messages, missing, builder } = app;
  const said = {
    ok, kind, entry: ok ? entry : "", messages, libraries: app.used, missing: [...missing].sort(),
    builder, seconds: Math.round(performance.now() - began) / 1000,
  };
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify(said));
  return said;
}

/** The report as lines for a person. */
export function inWords({ messages }) {
  return messages.map(({ file, line, column, text }) =>
    `${[file, line || "", column || ""].filter(Boolean).join(":")}${file ? ": " : ""}${text}\n`).join("");
}
