/** Vue's and Svelte's components. */
import { transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

const hash = (text) => {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + character.codePointAt(0)) >>> 0;
  return sum.toString(36);
};

const isTypeScript = (block) => /^tsx?$/.test(block?.lang ?? "");

function fault(error, file) {
  const start = error.loc?.start ?? error.start ?? error.position;
  const location = start?.line ? { file, line: start.line, column: start.column ?? 0 } : { file };
  return { errors: [{ text: error.message ?? String(error), location }] };
}

/** `style` compiles a style sheet's directives. */
export function vue(style) {
  const styles = new Map();
  const setup = ({ onLoad, onResolve }) => {
    onResolve({ filter: /\.vue\?style=\d+$/ }, ({ path }) => ({ path, namespace: "vue-style" }));
    onLoad({ filter: /.*/, namespace: "vue-style" }, async ({ path }) => ({
      contents: await style(styles.get(path)), loader: "css",
    }));
    onLoad({ filter: /\.vue$/, namespace: "file" }, async ({ path }) => {
      const compiler = await import("vue/compiler-sfc");
      const { descriptor, errors } = compiler.parse(await readFile(path, "utf8"), { filename: path });
      if (errors.length) return fault(errors[0], path);
      try {
        return vueModule(compiler, descriptor, path, styles);
      } catch (error) {
        return fault(error, path);
      }
    });
  };
  return { name: "vue", setup };
}

function vueModule(compiler, descriptor, path, styles) {
  const id = `data-v-${hash(path)}`;
  const scoped = descriptor.styles.some((each) => each.scoped);
  const lines = descriptor.styles.map((each, place) => {
    const name = `${path}?style=${place}`;
    const { code, errors } = compiler.compileStyle({
      filename: path, id, scoped: each.scoped, source: each.content,
    });
    if (errors.length) throw errors[0];
    styles.set(name, code);
    return `import ${JSON.stringify(name)};`;
  });
  const script = descriptor.script || descriptor.scriptSetup;
  const options = { id, genDefaultAs: "component", inlineTemplate: true };
  lines.push(script ? compiler.compileScript(descriptor, options).content : "const component = {};");
  if (descriptor.template && !descriptor.scriptSetup)
    lines.push(vueTemplate(compiler, descriptor, path, id, scoped), "component.render = render;");
  if (scoped) lines.push(`component.__scopeId = ${JSON.stringify(id)};`);
  lines.push("export default component;");
  const typed = isTypeScript(descriptor.script) || isTypeScript(descriptor.scriptSetup);
  return { contents: lines.join("\n"), loader: typed ? "ts" : "js" };
}

function vueTemplate(compiler, descriptor, path, id, scoped) {
  const { code, errors } = compiler.compileTemplate({
    filename: path, id, scoped, source: descriptor.template.content,
  });
  if (errors.length) throw errors[0];
  return code;
}

/** Styles go along in the script. */
export function svelte(style) {
  const setup = ({ onLoad }) => {
    onLoad({ filter: /\.svelte(\.[jt]s)?$/, namespace: "file" }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      try {
        return await svelteModule(text, path, style);
      } catch (error) {
        return fault(error, path);
      }
    });
  };
  return { name: "svelte", setup };
}

async function svelteModule(text, path, style) {
  const { compile, compileModule, preprocess } = await import("svelte/compiler");
  const options = { filename: path, generate: "client" };
  if (!path.endsWith(".svelte")) {
    const { code } = await transform(text, { loader: path.endsWith(".ts") ? "ts" : "js" });
    return { contents: compileModule(code, options).js.code, loader: "js" };
  }
  const { code } = await preprocess(text, {
    script: async ({ attributes, content }) => attributes.lang !== "ts" ? undefined : transform(
      content, { loader: "ts", tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } }),
    style: async ({ content }) => ({ code: await style(content) }),
  }, { filename: basename(path) });
  const { js } = compile(code, { ...options, css: "injected" });
  return { contents: js.code, loader: "js" };
}
