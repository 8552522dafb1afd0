/** Builds a small app ahead of the real one, so that nothing is done for the first time then. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FILES = {
  "App.tsx": `import { useState } from "react";
import { Check } from "lucide-react";
import "./app.css";
export default function App() {
  const [count, setCount] = useState<number>(0);
  return <main className="flex min-h-screen items-center p-4 md:p-8">
    <button className="rounded bg-slate-900 px-3 text-white hover:bg-slate-700"
      onClick={() => setCount(count + 1)}><Check className="h-4 w-4" />{count}</button></main>;
}`,
  "app.css": '@import "tailwindcss";',
};

export async function warm(build) {
  const folder = mkdtempSync(join(tmpdir(), "warm-"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  await build(folder, join(folder, "dist"), join(folder, "report.json"));
  rmSync(folder, { recursive: true });
}
