import { showProblem } from "./dom";
import { say } from "./messages";
import type { Uploads } from "./uploads";

interface Answer {
  artifact?: string;
  filename?: string;
  alt?: string;
  error?: { message?: string };
}

/** The composer's field for a picture's address: the server fetches it, and it joins the others. */
export class ByAddress {
  private readonly field: HTMLInputElement | null;
  private readonly button: HTMLButtonElement | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly place: HTMLDetailsElement,
    private readonly uploads: Uploads,
  ) {
    this.field = place.querySelector("[name=url]");
    this.button = place.querySelector("[data-fetch]");
    this.button?.addEventListener("click", () => void this.fetch());
    this.field?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.fetch();
    });
    place.addEventListener("toggle", () => place.open && this.field?.focus());
  }

  private async fetch(): Promise<void> {
    const { field, button } = this;
    const url = field?.value.trim() ?? "";
    if (!field || !button || !url || button.disabled) return;
    this.say("");
    button.disabled = true;
    button.textContent = say("fetching");
    try {
      const answer = await this.ask(url);
      if (answer.artifact) {
        const value = `${answer.artifact}/${answer.filename ?? "picture"}`;
        const small = `/artifacts/${answer.artifact}/thumb`;
        this.uploads.keep({ value, name: answer.filename ?? "", url: small, alt: answer.alt ?? "" });
        field.value = "";
        this.place.open = false;
      } else {
        this.say(answer.error?.message ?? say("unreachable"));
      }
    } catch {
      this.say(say("unreachable"));
    }
    button.disabled = false;
    button.textContent = say("address_add");
  }

  private async ask(url: string): Promise<Answer> {
    const body = new FormData();
    body.set("url", url);
    const response = await fetch("/api/v1/artifacts", { method: "POST", body });
    return (await response.json()) as Answer;
  }

  private say(text: string): void {
    showProblem(this.form.querySelector("[data-problem]"), text);
  }
}
