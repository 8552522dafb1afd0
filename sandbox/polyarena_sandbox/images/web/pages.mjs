/** Pages: what they load is found, and afterwards replaced by what was built of it. */
import { parse } from "parse5";
import { assignedConfig } from "./config.mjs";
import { fromAddress, scriptFile, sheetFile, specifierOf } from "./packages.mjs";
import { localFile } from "./plan.mjs";

const IMPORTS = /^\s*(?:import\b[^(]|export\b[^;]*\bfrom\b)/m;
const BABEL = /^text\/(babel|jsx|typescript)$/;
const CLASSIC = /^(|text\/javascript|application\/javascript)$/;
const HINTS = /^(preconnect|dns-prefetch|preload|prefetch|modulepreload)$/;
const FONTS = /\/\/(fonts\.(googleapis|gstatic)\.com|fonts\.bunny\.net|use\.typekit\.net|rsms\.me)\//;
const OUTSIDE = /^(https?:)?\/\//;

/** Where the preview may neither store nor show a dialogue, apps get storage for as long as it lives. */
const STORAGE = `<script>(function(){function make(){var m=new Map();return{
getItem:function(k){k=String(k);return m.has(k)?m.get(k):null},
setItem:function(k,v){m.set(String(k),String(v))},removeItem:function(k){m.delete(String(k))},
clear:function(){m.clear()},key:function(i){return Array.from(m.keys())[i]||null},
get length(){return m.size}}}
["localStorage","sessionStorage"].forEach(function(n){try{window[n].length}catch(e){
Object.defineProperty(window,n,{value:make(),configurable:true})}});
try{document.cookie}catch(e){Object.defineProperty(document,"cookie",{value:"",writable:true})}
})()</script>`;

const hostOf = (address) => URL.parse(address, "file:")?.host || address.slice(0, 100);

/** What a page loads: `items` each with a place in the text and what stands for it. */
export class Page {
  items = [];
  missing = [];
  wantsTailwind = false;
  config = undefined;
  mapped = new Map();
  #tops = [];

  constructor(sources, page) {
    Object.assign(this, page);
    this.sources = sources;
    this.#walk(parse(this.text, { sourceCodeLocationInfo: true }));
  }

  get hasCode() {
    return this.items.some((item) => item.module || item.plain || item.local);
  }

  /** Load something at the end of the page, too. */
  append(item) {
    const start = /<\/body>/i.exec(this.text)?.index ?? this.text.length;
    this.items.push({ start, end: start, ...item });
  }

  /** The text with what stands for each item, and with `links` ahead of every script. */
  write(texts, links) {
    const start = Math.min(...this.#tops, this.text.length);
    const items = [{ start, end: start }, ...this.items];
    let [text, at] = ["", 0];
    for (const item of items.toSorted((one, other) => one.start - other.start)) {
      text += this.text.slice(at, item.start) + (texts.get(item) ?? STORAGE + links);
      at = item.end;
    }
    return text + this.text.slice(at);
  }

  #walk(node) {
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    const place = node.sourceCodeLocation;
    const top = node.tagName === "head" ? place?.endTag : node.tagName === "body" ? place?.startTag : null;
    if (top || (place && node.tagName === "script")) this.#tops.push((top ?? place).startOffset);
    if (place && node.tagName === "script") this.#script(node, attributes, place);
    else if (place && node.tagName === "link") this.#link(attributes, place);
    else if (place && node.tagName === "style") this.#style(node, attributes, place);
    for (const child of node.childNodes ?? []) this.#walk(child);
    if (node.content) this.#walk(node.content);
  }

  #add({ startOffset: start, endOffset: end }, item) {
    this.items.push({ start, end, ...item });
  }

  #script(node, attributes, place) {
    const type = (attributes.type ?? "").trim().toLowerCase();
    const text = node.childNodes.map((child) => child.value).join("");
    if (type === "importmap") this.#importMap(text, place);
    else if (/^(\S*:)?\/\//.test(attributes.src ?? "")) this.#outside(attributes, type, place);
    else if (type === "module") this.#module(text, attributes, place);
    else if (BABEL.test(type) || /\.[jt]sx$|\.ts$/.test(attributes.src ?? ""))
      this.#jsx(text, attributes, place);
    else if (attributes.src === undefined && CLASSIC.test(type) && /\btailwind\.config\s*=/.test(text))
      this.#config(text, place);
    else if (CLASSIC.test(type) && localFile(this.sources, this, attributes.src))
      this.#add({ startOffset: place.endOffset, endOffset: place.endOffset }, { local: true });
  }

  #config(text, place) {
    this.config = assignedConfig(text);
    this.#add(place, { gone: true });
  }

  #importMap(text, place) {
    this.#add(place, { gone: true });
    let imports = {};
    try {
      imports = JSON.parse(text).imports ?? {};
    } catch {
      return; // A browser makes nothing of it either.
    }
    for (const [name, address] of Object.entries(imports)) {
      const found = fromAddress(String(address));
      const file = localFile(this.sources, this, String(address));
      if (found) this.mapped.set(name, specifierOf(found));
      else if (file) this.mapped.set(name, this.sources.path(file));
    }
  }

  #outside({ src, ...attributes }, type, place) {
    if (/\/\/cdn\.tailwindcss\.com|@tailwindcss\/browser|\/tailwindcss@/.test(src)) {
      this.wantsTailwind = true;
      return this.#add(place, { gone: true });
    }
    const found = fromAddress(src);
    if (found && /^@?babel/.test(found.name)) return this.#add(place, { gone: true });
    if (type === "module")
      return this.#add(place, { module: { contents: `import ${JSON.stringify(src)};` } });
    const file = found && scriptFile(found);
    if (file) return this.#add(place, { script: file, library: found.name, attributes });
    return this.missing.push(found?.name ?? hostOf(src));
  }

  #module(text, { src }, place) {
    const file = localFile(this.sources, this, src);
    if (file) this.#add(place, { module: { file } });
    else if (src !== undefined) this.#add(place, { fault: `${this.name} loads ${src}, which is not there.` });
    else if (IMPORTS.test(text) || /\bimport\s*\(/.test(text))
      this.#add(place, { module: { contents: text } });
  }

  #jsx(text, { src }, place) {
    const file = localFile(this.sources, this, src);
    if (src !== undefined && !file)
      return this.#add(place, { fault: `${this.name} loads ${src}, which is not there.` });
    const contents = file ? this.sources.text(file) : text;
    if (!IMPORTS.test(contents)) return this.#add(place, { plain: contents, name: file ?? this.name });
    return this.#add(place, { module: file ? { file } : { contents } });
  }

  #link({ rel = "", href = "" }, place) {
    const kind = rel.trim().toLowerCase();
    if (FONTS.test(href) || (HINTS.test(kind) && OUTSIDE.test(href)))
      return this.#add(place, { gone: true });
    if (kind !== "stylesheet") return undefined;
    const file = localFile(this.sources, this, href);
    if (file) return this.#add(place, { sheet: file });
    if (!OUTSIDE.test(href)) return undefined;
    const found = fromAddress(href);
    if (found && /^tailwindcss$/.test(found.name)) {
      this.wantsTailwind = true;
      return this.#add(place, { gone: true });
    }
    const path = found && sheetFile(found);
    if (path) return this.#add(place, { librarySheet: path, library: found.name });
    return this.missing.push(found?.name ?? hostOf(href));
  }

  #style(node, { type = "" }, place) {
    const text = node.childNodes.map((child) => child.value).join("");
    const asked = type === "text/tailwindcss";
    this.wantsTailwind ||= asked;
    if (asked || /@tailwind\b|@apply\b|@import\s+["']tailwindcss/.test(text))
      this.#add(place, { style: text });
  }
}
