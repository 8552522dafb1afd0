/** Waits for the one app that its container will build; asked by `warden --ask`. */
import { createServer } from "node:net";
import { buffer } from "node:stream/consumers";

const SOCKET = "/tmp/worker";

/** Everything is loaded, and was used once, before the app comes. */
async function ready() {
  const { build, inWords } = await import("./build.mjs");
  const { warm } = await import("./warm.mjs");
  await warm(build);
  return async (source, target, report) => {
    const said = await build(source, target, report);
    return { code: said.ok ? 0 : 1, text: inWords(said) };
  };
}

const work = ready();

createServer({ allowHalfOpen: true }, async (socket) => {
  const words = (await buffer(socket)).toString().split("\0");
  const answer = await work.then((build) => build(...words)).catch((error) => ({
    code: 70, text: `The builder failed: ${error.stack ?? error}\n`,
  }));
  socket.end(Buffer.concat([Buffer.from([answer.code]), Buffer.from(answer.text)]));
}).listen(SOCKET);
