"""The apps that are built and shown."""

from __future__ import annotations

from collections.abc import Mapping

from kit.apps import DASHBOARD

REACT: Mapping[str, str] = {
    **DASHBOARD,
    "index.html": '<!doctype html><html lang="en"><head><title>Sales</title></head><body>'
    '<div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>',
    "src/main.tsx": 'import { createRoot } from "react-dom/client";\n'
    'import App from "./App";\nimport "./index.css";\n'
    'createRoot(document.getElementById("root")!).render(<App />);',
    "src/index.css": '@import "tailwindcss";',
}
"""A project as Vite wants it: charts, icons, motion and Tailwind."""

VITE: Mapping[str, str] = {
    **REACT,
    "vite.config.mjs": 'import react from "@vitejs/plugin-react";\n'
    'import tailwindcss from "@tailwindcss/vite";\n'
    "export default { plugins: [react(), tailwindcss()] };",
}

PAGE: Mapping[str, str] = {
    "index.html": '<!doctype html><html lang="en"><head><title>Landing</title>'
    '<script src="https://cdn.tailwindcss.com"></script></head><body class="bg-slate-50 p-8">'
    + "".join(
        f'<section class="mb-4 rounded-xl bg-white p-6 shadow"><h2 class="text-xl font-bold">'
        f'Part {n}</h2><p class="text-slate-600">Words about part {n}.</p></section>'
        for n in range(20)
    )
    + "</body></html>",
}
"""A page with Tailwind from elsewhere."""
