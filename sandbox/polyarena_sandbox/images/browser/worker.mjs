/** Waits with a running browser for the app that its container will show; asked by `warden --ask`. */
import { createServer } from "node:net";
import { buffer } from "node:stream/consumers";

const SOCKET = "/tmp/worker";

async function ready() {
  const { launch, openStage } = await import("./browser.mjs");
  const { Render } = await import("./render.mjs");
  const { warm } = await import("./warm.mjs");
  const { browser, sandboxed } = await launch();
  const stage = await openStage(browser);
  await warm(stage, Render);
  return async (app, out, options = "{}") => {
    await new Render(stage, out, JSON.parse(options)).run(app, { sandboxed });
    return { code: 0, text: "" };
  };
}

const work = ready();
work.catch(() => {});

createServer({ allowHalfOpen: true }, async (socket) => {
  const words = (await buffer(socket)).toString().split("\0");
  const answer = await work.then((render) => render(...words)).catch((error) => ({
    code: 70, text: `The browser failed: ${error.stack ?? error}\n`,
  }));
  socket.end(Buffer.concat([Buffer.from([answer.code]), Buffer.from(answer.text)]));
}).listen(SOCKET);
