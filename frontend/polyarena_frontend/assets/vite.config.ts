import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "",
    manifest: "manifest.json",
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { eval: false },
      input: ["src/app.ts", "src/theme.ts", "src/docs.ts", "css/app.css", "css/docs.css"],
    },
  },
});
