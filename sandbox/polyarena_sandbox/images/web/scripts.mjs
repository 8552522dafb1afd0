/** Libraries for pages that take them by a script tag, as names of the window. */

/** Those of which no file for that purpose comes with the package. */
export const GLOBALS = {
  react: 'import * as React from "react"; window.React = { ...React };',
  // Pages written for older versions still call ReactDOM.render.
  "react-dom": `
import * as ReactDOM from "react-dom";
import { createRoot, hydrateRoot } from "react-dom/client";
const roots = new WeakMap();
function render(element, container, done) {
  if (!roots.has(container)) roots.set(container, createRoot(container));
  roots.get(container).render(element);
  done?.();
}
window.ReactDOM = { ...ReactDOM, createRoot, hydrateRoot, render };`,
  three: `
import * as THREE from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
window.THREE = { ...THREE, OrbitControls, GLTFLoader };`,
};

/** The file of a package that a script tag gets, where its package.json does not say. */
export const FILES = {
  "canvas-confetti": "dist/confetti.browser.js",
  "chart.js": "dist/chart.umd.js",
  "font-awesome": "js/all.min.js",
  alpinejs: "dist/cdn.min.js",
  animejs: "lib/anime.min.js",
  axios: "dist/axios.min.js",
  bootstrap: "dist/js/bootstrap.bundle.min.js",
  d3: "dist/d3.min.js",
  dayjs: "dayjs.min.js",
  echarts: "dist/echarts.min.js",
  gsap: "dist/gsap.min.js",
  howler: "dist/howler.min.js",
  jquery: "dist/jquery.min.js",
  katex: "dist/katex.min.js",
  lodash: "lodash.min.js",
  lucide: "dist/umd/lucide.min.js",
  marked: "lib/marked.umd.js",
  mathjs: "lib/browser/math.js",
  "matter-js": "build/matter.min.js",
  p5: "lib/p5.min.js",
  papaparse: "papaparse.min.js",
  phaser: "dist/phaser.min.js",
  "pixi.js": "dist/pixi.min.js",
  tone: "build/Tone.js",
  vue: "dist/vue.global.prod.js",
};
