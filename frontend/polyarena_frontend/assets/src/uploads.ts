import { showProblem } from "./dom";
import { say } from "./messages";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** Bytes as a person reads them. */
function readable(size: number): string {
  const power = size < 1000 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: UNITS[power] ?? "byte",
    unitDisplay: power ? "short" : "long",
    maximumSignificantDigits: 3,
  }).format(size / 1000 ** power);
}

/** The files of a composer: chosen, dropped or pasted, each to be taken off again. */
export class Uploads {
  private files: File[] = [];
  private depth = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
  ) {
    input.addEventListener("change", () => this.add([...(input.files ?? [])]));
    list.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("paste", (event) => this.pasted(event));
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"] as const) {
      form.addEventListener(kind, (event) => this.dragged(event));
    }
    this.add([...(input.files ?? [])]);
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
      this.list.append(this.item(named));
    }
    this.hand();
  }

  private refusal(file: File): string {
    const { count, bytes } = this.input.dataset;
    const kept = this.list.querySelectorAll("[name=kept]").length;
    if (this.files.length + kept >= Number(count)) {
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

  private item(file: File): HTMLElement {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const size = document.createElement("small");
    size.textContent = readable(file.size);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.dataset["remove"] = "";
    remove.setAttribute("aria-label", say("remove", { name: file.name }));
    remove.textContent = "×";
    item.append(name, size, remove);
    return item;
  }

  private clicked(event: Event): void {
    const button = event.target instanceof Element && event.target.closest("[data-remove]");
    const item = button && button.closest("li");
    if (!item) return;
    const fresh = [...this.list.children].filter((one) => !one.querySelector("[name=kept]"));
    const at = fresh.indexOf(item);
    if (at >= 0) this.files.splice(at, 1);
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
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

  /** Gives the files to the form's own field, from which they are sent. */
  private hand(): void {
    const held = new DataTransfer();
    for (const file of this.files) held.items.add(file);
    this.input.files = held.files;
  }

  private problem(text: string): void {
    showProblem(this.form.querySelector("[data-problem]"), text);
  }
}
