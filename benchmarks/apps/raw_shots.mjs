/** What Playwright itself takes for one picture of an app, in a browser that runs already. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const HOME = "/opt/polyarena";
const { chromium } = createRequire(`${HOME}/worker.mjs`)("playwright-core");
const { Server } = await import(pathToFileURL(`${HOME}/serve.mjs`).href);

const [app, rounds] = process.argv.slice(2);
const server = await new Server().open();
server.root = app;
const browser = await chromium.launch({
  chromiumSandbox: true, executablePath: "/usr/lib/chromium/chromium-headless-shell",
});
const times = [];
for (let round = 0; round < Number(rounds); round++) {
  const began = performance.now();
  const page = await browser.newPage({ viewport: { height: 800, width: 1280 } });
  await page.goto(server.address);
  await page.screenshot();
  times.push(performance.now() - began);
  await page.close();
}
console.log(JSON.stringify(times));
process.exit();
