/** Removes what no build reads from the image's packages; run once, when the image is made. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { MODULES } from "./places.mjs";

const USELESS = [
  /\.(coffee|flow|map|markdown|md|mdx|mts|cts|ts|tsbuildinfo|tsx)$/i,
  /(^|\/)(CHANGELOG|HISTORY|AUTHORS|CONTRIBUTING|Makefile|\.[\w.-]+rc|\.editorconfig)[\w.]*$/,
];
const FOLDERS = new Set([
  ".github", "__tests__", "benchmark", "benchmarks", "coverage", "docs", "example", "test", "tests",
]);

/** Forms of the larger packages that neither esbuild nor Vite takes, and what only they hold. */
const PARTS = {
  "@fortawesome/fontawesome-free": [/^(less|scss|metadata|sprites|svgs|js-packages)\//, /^js\/(?!$|all\.min)/],
  "@heroicons/react": [/^\d+\/(solid|outline)\/[A-Z]\w+\.js$/],
  "@highlightjs/cdn-assets": [/^es\//],
  "@mediapipe/tasks-vision": [/^wasm\//],
  "@react-three/drei": [/\.cjs(\.js)?$/],
  "@react-three/fiber": [/\.cjs\.\w+\.js$/],
  bootstrap: [/^(js|scss)\//, /^dist\/css\/bootstrap-(grid|reboot|utilities)/],
  "date-fns": [/\.cjs$/, /^cdn/],
  echarts: [/^(asset|build|i18n|ssr|theme|types)\//, /^dist\/(?!$|echarts\.min\.js)/],
  "es-toolkit": [/^dist\/.*\.d\.m?ts$/],
  "hls.js": [/^(src|dist\/(?!$|hls\.mjs))/],
  lucide: [/^dist\/cjs\//, /^dist\/umd\/lucide\.js$/],
  "lucide-react": [/^dist\/(cjs|umd)\//],
  mathjs: [/^lib\/cjs\//, /^lib\/browser\/(?!$|math\.js$)/],
  "motion-dom": [/^dist\/cjs\//],
  "gifuct-js": [/^demo/],
  p5: [/^lib\/p5\.js$/],
  phaser: [/^(plugins|scripts|src|types)\//, /^dist\/(?!$|phaser\.(min|esm)\.js$)/],
  "pixi.js": [/^lib\/.*\.js$/, /^dist\/(?!$|pixi\.min\.js$)/],
  "react-icons": [/^\w+\/index\.js$/, /^(cg|ci|di|gi|gr|im|lia|pi|rx|si|sl|tb|tfi|ti|vsc|wi)\//],
  "standardized-audio-context": [/^(src|build\/(es5|node))\//],
  "stats-gl": [/^(dist\/.*\.cjs|addons|public|media|node_modules)\//],
  three: [/^(src|examples\/(?!$|jsm\/))/, /^build\/.*\.cjs$/],
  "three-stdlib": [/\.cjs$/],
  tone: [/^(Tone|build\/(?!$|esm\/|Tone\.js$))/],
  zod: [/\.cjs$/, /^src\//],
};

function prune(place, rules, root = place) {
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const path = join(place, entry.name);
    const name = relative(root, path);
    const folder = entry.isDirectory();
    const useless = folder && FOLDERS.has(entry.name);
    if (useless || rules.some((rule) => rule.test(folder ? `${name}/` : name)))
      rmSync(path, { recursive: true, force: true });
    else if (folder && entry.name === "node_modules") packages(path);
    else if (folder) prune(path, rules, root);
  }
}

function packages(folder) {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith("@"))
      for (const inner of readdirSync(join(folder, entry))) onePackage(folder, `${entry}/${inner}`);
    else if (!entry.startsWith(".")) onePackage(folder, entry);
  }
}

function onePackage(folder, name) {
  if (existsSync(join(folder, name, "package.json")))
    prune(join(folder, name), [...USELESS, ...(PARTS[name] ?? [])]);
}

packages(MODULES);
