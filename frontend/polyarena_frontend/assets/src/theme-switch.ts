import { say } from "./messages";
import { forGood, keep, recall } from "./storage";

const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

function current(): Theme {
  const held = recall(forGood, "theme");
  return held === "light" || held === "dark" ? held : "auto";
}

/** Steps through the system's theme, light and dark. */
class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.show(current());
    this.querySelector("button")?.addEventListener("click", () => {
      const next = THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length] ?? "auto";
      keep(forGood, "theme", next === "auto" ? "" : next);
      this.show(next);
    });
  }

  private show(theme: Theme): void {
    const root = document.documentElement;
    if (theme === "auto") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    this.dataset["shown"] = theme;
    const button = this.querySelector("button");
    const label = say(`theme_${theme}`);
    button?.setAttribute("aria-label", label);
    button?.setAttribute("title", label);
  }
}

customElements.define("pa-theme", ThemeSwitch);
