/** Shows a small page ahead of the real one, so that nothing is done for the first time then. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGE = `<!doctype html><html lang="en"><head><title>Warm</title><style>
body { font: 16px system-ui, sans-serif; background: linear-gradient(#fff, #ddd) }
button { border-radius: 8px; box-shadow: 0 2px 8px #0004 }</style></head>
<body><h1>Warm</h1><button>Press</button> <b>bold</b> <i>slanted</i> <code>code</code> 🙂 漢字
<svg width="40" height="40"><circle cx="20" cy="20" r="15"/></svg>
<script>document.querySelector("button").onclick = (event) => { event.target.textContent = "Done"; }
</script></body></html>`;

export async function warm(stage, Render) {
  const folder = mkdtempSync(join(tmpdir(), "warm-"));
  writeFileSync(join(folder, "index.html"), PAGE);
  await new Render(stage, join(folder, "out"), { walk: 0.5 }).run(folder);
  rmSync(folder, { recursive: true });
}
