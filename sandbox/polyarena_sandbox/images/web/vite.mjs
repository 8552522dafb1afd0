/** The fallback, for what Vite alone understands: globs of modules, workers, addresses of files. */
import { dirname, join } from "node:path";
import { checkPlace } from "./bundle.mjs";
import { index } from "./packages.mjs";
import { HOME, MADE } from "./places.mjs";
import { Fault } from "./sources.mjs";

const VITE_ONLY =
  /\bimport\.meta\.glob\b|\bnew\s+(Shared)?Worker\s*\(|\?(worker|sharedworker)\b|\bnew\s+URL\s*\([^)]*import\.meta\.url/;
const IMPORTER = join(HOME, "importer.js");

export function needsVite(sources) {
  return sources.texts().some(([name, text]) => !/\.(md|txt|css)$/.test(name) && VITE_ONLY.test(text));
}

/** Build `entries` and answer as `bundle` does; what Vite says against them is thrown likewise. */
export async function runVite(sources, entries, kind, libraries, tailwind) {
  const { build } = await import("vite");
  const input = Object.fromEntries(entries.map((entry, place) => [`entry-${place}`, inViteWords(entry)]));
  try {
    const result = await build({
      base: "/", configFile: false, envFile: false, logLevel: "silent", publicDir: false,
      root: sources.root,
      plugins: [...(await components(kind)), ours(sources, libraries, tailwind)],
      css: { postcss: { plugins: [] } },
      resolve: { alias: aliases(sources) },
      worker: { format: "es" },
      build: {
        assetsDir: MADE, assetsInlineLimit: 0, copyPublicDir: false, modulePreload: false,
        rollupOptions: { input, preserveEntrySignatures: false }, target: "es2022", write: false,
      },
    });
    return collected(sources, [result].flat().flatMap(({ output }) => output), entries);
  } catch (error) {
    throw error instanceof Fault ? error : { errors: told(error) };
  }
}

const inViteWords = (entry) => entry.replace(/^inline:(.*)$/, "\0inline:$1.tsx");

function aliases(sources) {
  const code = sources.names.some((name) => name.startsWith("src/")) ? sources.path("src") : sources.root;
  return { "@": code, "~": code };
}

async function components(kind) {
  if (kind === "vue") return [(await import("@vitejs/plugin-vue")).default()];
  if (kind !== "svelte") return [];
  return (await import("@sveltejs/vite-plugin-svelte")).svelte({ configFile: false });
}

const ours = (sources, libraries, tailwind) => ({
  name: "polyarena", enforce: "pre",
  resolveId(source, importer, options) {
    if (source.startsWith("\0inline:")) return source;
    if (index.whole[source]) {
      libraries.used.add(source);
      return { id: `/${MADE}/lib/${index.whole[source]}`, external: "absolute" };
    }
    if (importer?.startsWith("\0inline:") && source.startsWith("."))
      return this.resolve(source, sources.path("inline.js"), { ...options, skipSelf: true });
    if (!/^[@A-Za-z]/.test(source) || importer?.startsWith(HOME)) return null;
    return this.resolve(source, IMPORTER, { ...options, skipSelf: true });
  },
  load(id) {
    if (id.startsWith("\0inline:")) return libraries.inline.get(id.slice(8, -4));
    if (id.startsWith("/")) checkPlace(sources, id.replace(/[?#].*$/, ""));
    return null;
  },
  transform(code, id) {
    const path = id.replace(/\?.*$/, "");
    if (!path.startsWith(sources.root) || !/\.css$/.test(path) || !tailwind.concerns(code)) return null;
    return tailwind.compile(code, dirname(path)).then((css) => ({ code: css, map: null }));
  },
});

function collected(sources, output, entries) {
  for (const name of output.flatMap((item) => item.originalFileNames ?? [])) checkPlace(sources, name);
  const files = new Map();
  const starts = new Map();
  for (const item of output) {
    const needs = (item.imports ?? []).filter((path) => path.startsWith(`/${MADE}/lib/`));
    files.set(item.fileName, {
      contents: item.code ?? item.source,
      needs: needs.map((path) => path.slice(`/${MADE}/lib/`.length)),
    });
    const entry = item.isEntry && entries.find((each) => inViteWords(each) === item.facadeModuleId);
    const sheet = item.viteMetadata && [...item.viteMetadata.importedCss][0];
    if (entry) starts.set(entry, { script: item.fileName, sheet });
  }
  return { files, starts };
}

function told(error) {
  const { message = String(error), loc, id } = error;
  const unresolved = /(?:Could not|Failed to|failed to) resolve (?:import )?['"]([^'"]+)['"]/.exec(message);
  const text = unresolved ? `Could not resolve "${unresolved[1]}"` : message.split("\n")[0];
  return [{ text, location: id || loc?.file ? { file: loc?.file ?? id, line: loc?.line, column: loc?.column } : null }];
}
