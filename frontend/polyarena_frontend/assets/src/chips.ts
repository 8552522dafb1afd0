import { readable } from "./sizes";
import { say } from "./messages";

const SIDE = 128;
const PICTURE = /\.(avif|gif|heic|heif|jpe?g|pdf|png|webp)$/i;

/** A file that the server has, as a form keeps it: digest and name, and where it is shown small. */
export interface Kept {
  value: string;
  name: string;
  url: string;
  alt: string;
}

/** A file that goes along with a prompt, in the composer's list. */
export function freshChip(file: File, pictures: boolean): HTMLLIElement {
  const item = document.createElement("li");
  const size = document.createElement("small");
  size.textContent = readable(file.size);
  const shown = pictures || file.type.startsWith("image/") || PICTURE.test(file.name);
  if (!pictures) {
    item.append(named(file.name), size, remove(file.name));
    return item;
  }
  item.className = "chosen-picture";
  item.append(shown ? small(file) : "", named(file.name), size, alt("alt", file.name), remove(file.name));
  return item;
}

/** A picture that the server has already. */
export function keptChip(kept: Kept): HTMLLIElement {
  const item = document.createElement("li");
  item.className = "chosen-picture";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "kept", value: kept.value, checked: true });
  const image = document.createElement("img");
  Object.assign(image, { src: kept.url, alt: "" });
  const label = document.createElement("label");
  label.append(box, image, named(kept.name));
  const digest = kept.value.split("/", 1)[0] ?? "";
  item.append(label, alt(`alt.${digest}`, kept.name, kept.alt), remove(kept.name));
  return item;
}

function named(text: string): HTMLElement {
  const name = document.createElement("span");
  name.textContent = text;
  return name;
}

function alt(field: string, name: string, value = ""): HTMLInputElement {
  const input = document.createElement("input");
  Object.assign(input, { className: "alt", name: field, value, maxLength: 1000, dir: "auto" });
  input.autocomplete = "off";
  input.placeholder = say("describe_hint");
  input.setAttribute("aria-label", say("describe", { name }));
  return input;
}

function remove(name: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset["remove"] = "";
  button.setAttribute("aria-label", say("remove", { name }));
  button.textContent = "×";
  return button;
}

/** The file drawn small; its ending where the browser cannot read it. */
function small(file: File): HTMLElement {
  const place = document.createElement("span");
  place.className = "small";
  place.textContent = file.name.split(".").pop()?.slice(0, 5).toUpperCase() ?? "";
  place.setAttribute("aria-hidden", "true");
  void draw(file, place);
  return place;
}

async function draw(file: File, place: HTMLElement): Promise<void> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return;
  }
  const factor = Math.max(SIDE / bitmap.width, SIDE / bitmap.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const [width, height] = [bitmap.width * factor, bitmap.height * factor];
  const pen = canvas.getContext("2d");
  pen?.drawImage(bitmap, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
  bitmap.close();
  place.replaceChildren(canvas);
}
