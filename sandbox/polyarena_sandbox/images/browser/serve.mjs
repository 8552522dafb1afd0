/** The app's files on the loopback interface, under the rules that a preview has. */
import { createReadStream, lstatSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";

const TYPES = {
  ".avif": "image/avif", ".css": "text/css", ".csv": "text/csv", ".gif": "image/gif",
  ".glb": "model/gltf-binary", ".gltf": "model/gltf+json", ".htm": "text/html",
  ".html": "text/html", ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
  ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript",
  ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".ogg": "audio/ogg", ".otf": "font/otf",
  ".png": "image/png", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".txt": "text/plain",
  ".wasm": "application/wasm", ".wav": "audio/wav", ".webm": "video/webm", ".webp": "image/webp",
  ".woff": "font/woff", ".woff2": "font/woff2",
};
const SCHEME = "http";
const TEXT = /^text\/|json|svg/;
const HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "sandbox allow-scripts allow-forms allow-pointer-lock; " +
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; " +
    "connect-src 'self' data: blob:; form-action 'none'",
  "Permissions-Policy": "camera=(), clipboard-read=(), geolocation=(), microphone=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-DNS-Prefetch-Control": "off",
};

/** Files of `root`, which may be changed, at `address`. */
export class Server {
  root = "/nonexistent";

  async open() {
    const server = createServer((request, response) => answer(resolve(this.root), request, response));
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    this.address = `${SCHEME}://127.0.0.1:${server.address().port}/`;
    return this;
  }
}

function answer(root, request, response) {
  const found = request.method === "GET" && fileOf(root, request.url);
  if (!found) {
    response.writeHead(found === undefined ? 404 : 405, HEADERS).end();
    return;
  }
  const type = TYPES[extname(found.path).toLowerCase()] ?? "application/octet-stream";
  const charset = TEXT.test(type) ? "; charset=utf-8" : "";
  response.writeHead(200, { ...HEADERS, "Content-Length": found.size, "Content-Type": type + charset });
  createReadStream(found.path).on("error", () => response.destroy()).pipe(response);
}

function fileOf(root, url) {
  try {
    const name = normalize(decodeURIComponent(url.replace(/[?#].*$/s, "")));
    const path = join(root, name.endsWith("/") ? `${name}index.html` : name);
    const found = path.startsWith(root + sep) && lstatSync(path);
    return found && found.isFile() ? { path, size: found.size } : undefined;
  } catch {
    return undefined; // No such file, or no name of one.
  }
}
