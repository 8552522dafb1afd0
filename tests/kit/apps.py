"""Apps of every kind that models hand in, as their files."""

from __future__ import annotations

from collections.abc import Mapping

Files = Mapping[str, str]

DASHBOARD: Files = {
    "src/App.tsx": """
import { useState } from "react";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Github, Search, TrendingUp, Users } from "lucide-react";
import { motion } from "framer-motion";
import { clsx } from "clsx";

const data = Array.from({ length: 12 }, (_, i) => ({ month: `M${i + 1}`, a: 30 + i, b: 50 - i }));
const cards = [["Revenue", "$48,200", TrendingUp], ["Users", "2,310", Users]] as const;
type Key = "a" | "b";

export default function App() {
  const [key, setKey] = useState<Key>("a");
  return (
    <main className="min-h-screen bg-slate-50 p-8 text-slate-900">
      <header className="mb-6 flex items-center justify-between">
        <h1 className="text-2xl font-bold">Sales</h1><Search /><Github />
      </header>
      <section className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {cards.map(([name, value, Icon]) => (
          <motion.div key={name} whileHover={{ scale: 1.02 }} className="rounded-xl bg-white p-5">
            <Icon className="h-5 w-5 text-indigo-600" /><p>{name}</p><p>{value}</p>
          </motion.div>))}
      </section>
      {(["a", "b"] as const).map((each) => (
        <button key={each} onClick={() => setKey(each)}
          className={clsx("rounded px-3", key === each && "bg-indigo-600 text-white")}>
          {each}</button>))}
      <div className="h-72 rounded-xl bg-white p-4">
        <ResponsiveContainer><BarChart data={data}><XAxis dataKey="month" /><YAxis /><Tooltip />
          <Bar dataKey={key} fill="#6366f1" /></BarChart></ResponsiveContainer>
      </div>
    </main>
  );
}
""",
}

WHOLE_VITE_PROJECT: Files = {
    "index.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Whole</title>'
    '<link rel="icon" href="/icon.svg"></head><body><div id="root"></div>'
    '<script type="module" src="/src/main.jsx"></script></body></html>',
    "package.json": '{"scripts": {"postinstall": "touch ran"}, "dependencies": {"react": "18"}}',
    "vite.config.js": "throw new Error('never read');",
    "tailwind.config.js": "module.exports = { content: [], theme: { extend: { colors: "
    "{ brand: '#123456' } } }, plugins: [require('tailwindcss-animate')] };",
    "postcss.config.js": "throw new Error('never read');",
    "tsconfig.json": '{"extends": "./missing.json"}',
    "public/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>',
    "src/index.css": "@tailwind base;\n@tailwind components;\n@tailwind utilities;\n"
    ".press { @apply bg-brand p-4; }",
    "src/main.jsx": 'import React from "react"; import ReactDOM from "react-dom/client";\n'
    'import "./index.css"; import App from "@/App"; import logo from "./logo.png";\n'
    'ReactDOM.createRoot(document.getElementById("root")).render('
    "<React.StrictMode><App logo={logo} /></React.StrictMode>);",
    "src/App.jsx": 'import styles from "./App.module.css"; import data from "./data.json";\n'
    "export default function App({ logo }) { localStorage.setItem('a', '1');\n"
    "return <main><h1 className={styles.title}>{data.title}</h1><img src={logo} alt='logo' />"
    "<button className='press'>{localStorage.getItem('a')}{import.meta.env.MODE}</button></main> }",
    "src/App.module.css": ".title { color: red }",
    "src/data.json": '{"title": "From data"}',
    "src/logo.png": "\x89PNG",
}

THREE_D: Files = {
    "App.jsx": """
import { Canvas } from "@react-three/fiber";
import { OrbitControls, Sparkles } from "@react-three/drei";
import * as THREE from "three";
export default function App() {
  const colour = new THREE.Color("tomato");
  return <div style={{ height: "100vh" }}><Canvas><ambientLight /><OrbitControls />
    <Sparkles count={5} /><mesh><boxGeometry /><meshStandardMaterial color={colour} /></mesh>
  </Canvas></div>;
}
""",
}

VUE: Files = {
    "src/App.vue": """
<script setup lang="ts">
import { computed, ref } from "vue";
import Row from "./Row.vue";
const count = ref<number>(1);
const double = computed(() => count.value * 2);
</script>
<template><main class="page"><h1>Vue</h1><Row :label="`double ${double}`" />
<button @click="count++">more</button></main></template>
<style scoped>.page { color: rgb(1, 2, 3) }</style>
""",
    "src/Row.vue": """
<script>
export default { props: ["label"], data: () => ({ mark: "row" }) };
</script>
<template><p>{{ mark }} {{ label }}</p></template>
""",
}

SVELTE: Files = {
    "src/App.svelte": """
<script lang="ts">
  import { fade } from "svelte/transition";
  import { total } from "./total.ts";
  let count: number = $state(2);
  const double = $derived(total(count, count));
</script>
<main><h1>Svelte</h1><button onclick={() => count++} transition:fade>{double}</button></main>
<style>main { color: rgb(3, 2, 1) }</style>
""",
    "src/total.ts": "export const total = (a: number, b: number): number => a + b;",
}

SKETCH: Files = {
    "sketch.js": "function setup() { createCanvas(400, 300); noLoop(); }\n"
    "function draw() { background(220); fill('red'); circle(200, 150, 80); }",
}

STATIC: Files = {
    "index.html": "<!doctype html><html lang='en'><head><title>Shop</title>"
    "<link rel='stylesheet' href='css/style.css'></head><body><h1>Shop</h1>"
    "<a href='about.html'>About</a><button id='b'>Buy</button><script src='app.js'></script>"
    "</body></html>",
    "about.html": "<!doctype html><html lang='en'><title>About</title><p>About us</p></html>",
    "css/style.css": "h1 { color: teal }",
    "app.js": "document.querySelector('#b').onclick = (e) => { e.target.textContent = 'Bought' };",
}

FROM_CDN: Files = {
    "index.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CDN</title>
<link rel="preconnect" href="https://fonts.googleapis.com">
<link href="https://fonts.googleapis.com/css2?family=Inter" rel="stylesheet">
<link rel="stylesheet"
 href="https://cdnjs.cloudflare.com/ajax/libs/font-awesome/6.5.1/css/all.min.css">
<script src="https://cdn.tailwindcss.com"></script>
<script>tailwind.config = { theme: { extend: { colors: { brand: "rgb(9, 8, 7)" } } } }</script>
<script src="https://unpkg.com/react@18/umd/react.development.js" crossorigin></script>
<script src="https://unpkg.com/react-dom@18/umd/react-dom.development.js" crossorigin></script>
<script src="https://unpkg.com/@babel/standalone/babel.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/chart.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/gsap/3.12.2/gsap.min.js"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/gsap/3.12.2/ScrollTrigger.min.js"></script>
</head><body class="bg-brand p-4"><i class="fa-solid fa-user"></i><div id="root"></div>
<canvas id="c" width="200" height="100"></canvas>
<script type="text/babel">
const { useState } = React;
function App() {
  const [n, setN] = useState(0);
  return <button onClick={() => setN(n + 1)}>pressed {n}</button>;
}
ReactDOM.createRoot(document.getElementById("root")).render(<App />);
new Chart(document.getElementById("c"),
  { type: "bar", data: { labels: ["a"], datasets: [{ data: [1] }] } });
gsap.registerPlugin(ScrollTrigger);
</script></body></html>""",
}

IMPORT_MAP: Files = {
    "index.html": """<!doctype html><html lang="en"><head><title>Three</title>
<script type="importmap">{"imports": {
  "three": "https://unpkg.com/three@0.160.0/build/three.module.js",
  "three/addons/": "https://unpkg.com/three@0.160.0/examples/jsm/", "mine": "./mine.js"}}</script>
</head><body><h1>Cube</h1><script type="module">
import * as THREE from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import confetti from "https://esm.sh/canvas-confetti@1.9";
import { side } from "mine";
const renderer = new THREE.WebGLRenderer();
renderer.setSize(200, 200);
document.body.appendChild(renderer.domElement);
const camera = new THREE.PerspectiveCamera(50, 1);
new OrbitControls(camera, renderer.domElement);
renderer.render(new THREE.Scene().add(new THREE.Mesh(new THREE.BoxGeometry(side))), camera);
window.done = typeof confetti;
</script></body></html>""",
    "mine.js": "export const side = 2;",
}

GLOBBED: Files = {
    "src/main.ts": "const pages = import.meta.glob('./pages/*.ts', { eager: true });\n"
    "import { round } from 'lodash-es';\n"
    "document.body.append(Object.values(pages).map((page: any) => page.title).join(), "
    "String(round(1.5)));",
    "src/pages/one.ts": "export const title: string = 'one';",
    "src/pages/two.ts": "export const title: string = 'two';",
}

ALL: Mapping[str, Files] = {
    "dashboard": DASHBOARD,
    "whole project": WHOLE_VITE_PROJECT,
    "three-d": THREE_D,
    "vue": VUE,
    "svelte": SVELTE,
    "sketch": SKETCH,
    "static": STATIC,
    "from a CDN": FROM_CDN,
    "import map": IMPORT_MAP,
    "globbed": GLOBBED,
}
