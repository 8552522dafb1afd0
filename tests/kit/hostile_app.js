// What came of each attempt that came to anything, by name.
const got = {};
const ELSEWHERE = "http://127.0.0.1:@PORT@";
const SITE = "http://127.0.0.1:" + location.port;
const OTHER = "http://@OTHER@:" + location.port;

async function attempt(name, act) {
  const late = new Promise((_, refuse) => setTimeout(refuse, 1000));
  try {
    got[name] = String(await Promise.race([act(), late]));
  } catch {
    delete got[name];
  }
}

function element(tag, properties) {
  return new Promise((loaded, refused) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.onload = () => loaded("loaded");
    made.onerror = refused;
    document.body.append(made);
  });
}

function blob(text) {
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

async function reachOthers() {
  for (const [name, host] of Object.entries({ elsewhere: ELSEWHERE, site: SITE, other: OTHER })) {
    const options = { mode: "no-cors", credentials: "include" };
    await attempt(`fetch ${name}`, () => fetch(`${host}/api/v1/arenas`, options));
    await attempt(`post ${name}`, () => fetch(`${host}/history/delete`, { ...options, method: "POST" }));
    await attempt(`image ${name}`, () => element("img", { src: `${host}/favicon.svg` }));
    await attempt(`script ${name}`, () => element("script", { src: `${host}/main.js` }));
    await attempt(`style ${name}`, () => element("link", { rel: "stylesheet", href: `${host}/a.css` }));
    await attempt(`module ${name}`, () => import(`${host}/main.js`));
  }
  await attempt("metadata", () => new Promise((told, refused) => {
    // Nobody need answer there: that the policy refuses is what counts.
    const address = "http://169.254.169.254/latest/meta-data/";
    addEventListener("securitypolicyviolation", (event) => {
      if (address.startsWith(event.blockedURI)) refused();
    });
    setTimeout(told, 900, "not refused");
    fetch(address, { mode: "no-cors" }).catch(() => {});
  }));
  await attempt("socket", () => new Promise((opened, refused) => {
    const socket = new WebSocket(ELSEWHERE.replace("http", "ws"));
    socket.onopen = opened;
    socket.onerror = refused;
  }));
  await attempt("worker", () => new Promise((told, refused) => {
    const worker = new Worker(blob(`fetch("${ELSEWHERE}").then(() => postMessage(1), () => close())`));
    worker.onmessage = told;
    worker.onerror = refused;
  }));
  await attempt("shared worker", () => new SharedWorker("main.js"));
  await attempt("service worker", () => navigator.serviceWorker.register("main.js"));
}

async function readThePage() {
  await attempt("page", () => parent.document.title);
  await attempt("address", () => parent.location.href);
  await attempt("frames", () => [...Array(parent.length).keys()].map((n) => {
    if (parent[n] === window) throw new Error("it is me");
    return parent[n].document.title;
  }));
  await attempt("cookies", () => document.cookie);
  await attempt("storage", () => localStorage.length);
  await attempt("session", () => sessionStorage.length);
  await attempt("database", () => indexedDB.open("x"));
  await attempt("caches", () => caches.open("x"));
  await attempt("clipboard", () => navigator.clipboard.readText());
  await attempt("clipboard write", () => navigator.clipboard.writeText("x"));
  await attempt("copy", () => {
    getSelection().selectAllChildren(document.body);
    if (!document.execCommand("copy")) throw new Error("refused");
  });
  await attempt("sound", () => new AudioContext().resume());
  await attempt("camera", () => navigator.mediaDevices.getUserMedia({ video: true }));
  await attempt("place", () => new Promise((found, refused) =>
    navigator.geolocation.getCurrentPosition(found, refused)));
  await attempt("full screen", () => document.body.requestFullscreen());
}

// Whether these come to anything is seen from outside.
async function leave() {
  const quietly = async (act) => { try { await act(); } catch { /* refused */ } };
  const link = (properties) => quietly(() => {
    const made = Object.assign(document.createElement("a"), properties);
    document.body.append(made);
    made.click();
  });
  const form = (properties) => quietly(() => {
    const made = Object.assign(document.createElement("form"), properties);
    document.body.append(made);
    made.submit();
  });
  for (const rel of ["preconnect", "dns-prefetch", "prefetch", "modulepreload", "icon"]) {
    void quietly(() => element("link", { rel, href: ELSEWHERE }));
  }
  await quietly(() => navigator.sendBeacon(ELSEWHERE, "x"));
  await quietly(() => {
    const rules = { prefetch: [{ urls: [`${ELSEWHERE}/rules`] }] };
    const made = document.createElement("script");
    made.type = "speculationrules";
    made.textContent = JSON.stringify(rules);
    document.head.append(made);
  });
  await quietly(async () => {
    const servers = [`stun:${ELSEWHERE.slice(7)}`, `turn:${ELSEWHERE.slice(7)}?transport=tcp`];
    const iceServers = servers.map((urls) => ({ urls, username: "a", credential: "b" }));
    const peer = new RTCPeerConnection({ iceServers });
    peer.createDataChannel("x");
    await peer.setLocalDescription(await peer.createOffer());
  });
  await link({ href: "#x", ping: ELSEWHERE });
  await link({ href: ELSEWHERE, target: "_blank" });
  await link({ href: ELSEWHERE, target: "_top" });
  await link({ href: "data:,x", download: "x.txt" });
  await form({ action: ELSEWHERE, method: "post", target: "_top" });
  await form({ action: ELSEWHERE, method: "post", target: "_blank" });
  await quietly(() => window.open(ELSEWHERE));
  await quietly(() => { top.location = ELSEWHERE; });
  await quietly(() => { parent.location.hash = "#x"; });
  await quietly(() => { alert("x"); confirm("x"); prompt("x"); print(); });
  addEventListener("beforeunload", (event) => event.preventDefault());
}

function forge() {
  const words = [
    "vote",
    { type: "vote", choice: "a" },
    { ballot_open: true, closed_because: "", turn_allowed: true },
    { kind: "use", side: "a", seconds: 100 },
  ];
  for (const word of words) {
    parent.postMessage(word, "*");
    top.postMessage(JSON.stringify(word), "*");
  }
  window.focus();
  dispatchEvent(new CustomEvent("battlestate", { detail: words[2], bubbles: true }));
}

await reachOthers();
await readThePage();
forge();
await leave();
await new Promise((done) => setTimeout(done, 1000));
document.body.dataset.got = JSON.stringify(got);
console.info("ended");
