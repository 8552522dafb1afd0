import { freshChip, type Kept, keptChip } from "./chips";
import { showProblem } from "./dom";
import { moved, place } from "./marks";
import { say } from "./messages";
import { readable } from "./sizes";

/**
 * The files of a composer: chosen, photographed, dropped or pasted, each to be taken off again.
 * Where they can only be pictures each has a number, which puts it into the text.
 */
export class Uploads {
  private files: File[] = [];
  private depth = 0;
  private readonly pictures: boolean;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly field: HTMLTextAreaElement,
  ) {
    this.pictures = Boolean(form.closest("[data-of-pictures]"));
    input.addEventListener("change", () => this.add([...(input.files ?? [])]));
    const camera = form.querySelector<HTMLInputElement>("[data-camera]");
    camera?.addEventListener("change", () => {
      this.add([...(camera.files ?? [])]);
      camera.value = "";
    });
    list.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("paste", (event) => this.pasted(event));
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"] as const) {
      form.addEventListener(kind, (event) => this.dragged(event));
    }
    this.add([...(input.files ?? [])]);
  }

  /** How many go along. */
  get count(): number {
    return this.list.children.length;
  }

  /** Puts pictures that the server has in place of what was there. */
  replace(kept: Kept[]): void {
    this.files = [];
    this.list.replaceChildren(...kept.map(keptChip));
    this.hand();
  }

  /** Adds a picture that the server has. */
  keep(kept: Kept): void {
    const number = this.keptItems.length + 1;
    this.rewrite((text) => moved(text, number, 1));
    this.list.insertBefore(keptChip(kept), this.list.children[number - 1] ?? null);
    this.hand();
  }

  private get keptItems(): Element[] {
    return [...this.list.children].filter((item) => item.querySelector("[name=kept]"));
  }

  private add(files: File[]): void {
    this.problem("");
    for (const file of files) {
      const refused = this.refusal(file);
      if (refused) {
        this.problem(refused);
        continue;
      }
      const named = this.unlike(file);
      this.files.push(named);
      this.list.append(freshChip(named, this.pictures));
    }
    this.hand();
  }

  private refusal(file: File): string {
    const { count, bytes } = this.input.dataset;
    if (this.files.length + this.keptItems.length >= Number(count)) {
      return say("files_many", { count: count ?? "", name: file.name });
    }
    const total = this.files.reduce((sum, one) => sum + one.size, file.size);
    if (total <= Number(bytes)) return "";
    return say("files_large", { size: readable(Number(bytes)), name: file.name });
  }

  /** Pasted pictures are all called the same; a program could open only one of them. */
  private unlike(file: File): File {
    const names = new Set(this.files.map((one) => one.name));
    const dot = file.name.lastIndexOf(".");
    const [stem, end] = dot > 0 ? [file.name.slice(0, dot), file.name.slice(dot)] : [file.name, ""];
    let name = file.name;
    for (let number = 2; names.has(name); number += 1) name = `${stem}-${number}${end}`;
    return name === file.name ? file : new File([file], name, { type: file.type });
  }

  private clicked(event: Event): void {
    const button = event.target instanceof Element && event.target.closest("button");
    const item = button && button.closest("li");
    if (!item) return;
    const at = [...this.list.children].indexOf(item);
    if (button.matches("[data-place]")) place(this.field, at + 1);
    if (!button.matches("[data-remove]")) return;
    const fresh = at - this.keptItems.length;
    if (fresh >= 0) this.files.splice(fresh, 1);
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.rewrite((text) => moved(text, at + 1, -1));
    this.problem("");
    this.hand();
    (next?.querySelector<HTMLElement>("[data-remove]") ?? this.input).focus();
  }

  private pasted(event: ClipboardEvent): void {
    const { clipboardData: held } = event;
    // A table copied from a spreadsheet is text with a picture of it; the text is what is meant.
    if (!held?.files.length || held.types.includes("text/plain")) return;
    event.preventDefault();
    this.add([...held.files]);
  }

  private dragged(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "dragenter") this.depth += 1;
    if (event.type === "dragleave") this.depth -= 1;
    if (event.type === "drop") {
      this.depth = 0;
      this.add([...event.dataTransfer.files]);
    }
    this.form.classList.toggle("dropping", this.depth > 0);
  }

  /** Gives the files to the form's own field, from which they are sent, and numbers them. */
  private hand(): void {
    const held = new DataTransfer();
    for (const file of this.files) held.items.add(file);
    this.input.files = held.files;
    if (this.pictures) [...this.list.children].forEach((item, at) => this.number(item, at + 1));
    this.form.dispatchEvent(new Event("fileschange"));
  }

  private number(item: Element, number: number): void {
    let button = item.querySelector<HTMLButtonElement>("[data-place]");
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.dataset["place"] = "";
      button.title = say("place_hint");
      item.prepend(button);
    }
    button.textContent = String(number);
    button.setAttribute("aria-label", say("place", { number }));
  }

  private rewrite(change: (text: string) => string): void {
    if (this.pictures) this.field.value = change(this.field.value);
  }

  private problem(text: string): void {
    showProblem(this.form.querySelector("[data-problem]"), text);
  }
}
