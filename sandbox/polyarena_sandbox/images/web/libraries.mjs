/** Which libraries are built ahead, once, when the image is made. */

/** Built whole as ES modules that share chunks; a bundle takes the files as they are. */
export const WHOLE = [
  "@dnd-kit/core", "@dnd-kit/sortable", "@dnd-kit/utilities", "@react-three/fiber",
  "@tanstack/react-query", "alpinejs", "animejs", "axios", "cannon-es", "canvas-confetti",
  "chart.js", "chart.js/auto", "class-variance-authority", "clsx", "d3", "date-fns", "dayjs",
  "echarts", "framer-motion", "gsap", "gsap/ScrollTrigger", "howler", "immer", "jotai", "jquery",
  "katex", "lodash", "lodash-es", "marked", "mathjs", "matter-js", "motion", "motion/react",
  "nanoid", "p5", "papaparse", "phaser", "pinia", "pixi.js", "radix-ui", "react",
  "react-chartjs-2", "react-dom", "react-dom/client", "react-hook-form", "react-markdown",
  "react-router", "react-router-dom", "react/jsx-dev-runtime", "react/jsx-runtime", "recharts",
  "remark-gfm", "simplex-noise", "sonner", "styled-components", "svelte", "svelte/animate",
  "svelte/easing", "svelte/events", "svelte/internal/client",
  "svelte/internal/disclose-version", "svelte/internal/flags/async",
  "svelte/internal/flags/legacy", "svelte/internal/flags/tracing", "svelte/legacy",
  "svelte/motion", "svelte/reactivity", "svelte/store", "svelte/transition", "tailwind-merge",
  "three", "tone", "uuid", "vue", "vue-router", "zod", "zustand", "zustand/middleware",
];

/** Collections of which an app takes a few: each export is bundled from its own file. */
export const COLLECTIONS = {
  "@heroicons/react/16/solid": "@heroicons/react/16/solid/esm/index.js",
  "@heroicons/react/20/solid": "@heroicons/react/20/solid/esm/index.js",
  "@heroicons/react/24/outline": "@heroicons/react/24/outline/esm/index.js",
  "@heroicons/react/24/solid": "@heroicons/react/24/solid/esm/index.js",
  "@react-three/drei": "@react-three/drei/index.js",
  lucide: "lucide/dist/esm/lucide.js",
  "lucide-react": "lucide-react/dist/esm/lucide-react.js",
  "three-stdlib": "three-stdlib/index.js",
};

/** What stands for a package where the usual file of it will not do in a browser. */
export const ALIASES = {
  vue: "vue/dist/vue.esm-bundler.js",
};

/** Vue's flags, and what bundlers say to libraries. */
export const DEFINES = {
  "process.env.NODE_ENV": '"production"',
  __VUE_OPTIONS_API__: "true",
  __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
};
