/** Chromium, and the page in it where apps are shown. */
import { chromium } from "playwright-core";
import { Server } from "./serve.mjs";
import { SIZES } from "./shots.mjs";

const PROGRAM = "/usr/lib/chromium/chromium-headless-shell";
const FLAGS = [
  "--block-new-web-contents", "--disable-background-networking", "--disable-breakpad",
  "--disable-component-update", "--disable-dev-shm-usage", "--disable-sync",
  "--enable-unsafe-swiftshader", "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-first-run",
];

/** The browser, within its own sandbox where the kernel lets it have one, which `sandboxed` tells. */
export async function launch() {
  try {
    return { browser: await start(true), sandboxed: true };
  } catch (error) {
    if (!/No usable sandbox/.test(error.message)) throw error;
    return { browser: await start(false), sandboxed: false };
  }
}

function start(chromiumSandbox) {
  return chromium.launch({
    args: FLAGS, chromiumSandbox, executablePath: PROGRAM, handleSIGHUP: false,
    handleSIGINT: false, handleSIGTERM: false, timeout: 20_000,
  });
}

/** A page, its session, and the server of what is shown in it. */
export async function openStage(browser) {
  const { height, width } = SIZES.desktop;
  const context = await browser.newContext({
    acceptDownloads: false, reducedMotion: "reduce", serviceWorkers: "block",
    viewport: { height, width },
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  return { page, server: await new Server().open(), session };
}
