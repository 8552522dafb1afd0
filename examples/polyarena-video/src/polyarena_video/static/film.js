import { readFilm } from "./y4m.js";

/** A film that is stored as YUV4MPEG2, on a canvas, with a button and a bar to move along. */
class FilmPlayer extends HTMLElement {
  #film = null;
  #canvas = document.createElement("canvas");
  #button = document.createElement("button");
  #bar = document.createElement("input");
  #timer = 0;

  async connectedCallback() {
    if (this.#film || !this.dataset.src) return;
    const answer = await fetch(this.dataset.src);
    if (!answer.ok) return;
    this.#film = readFilm(await answer.arrayBuffer());
    if (this.#film) this.#build();
  }

  disconnectedCallback() {
    this.#stop();
  }

  #build() {
    const { width, height, frames } = this.#film;
    Object.assign(this.#canvas, { width, height });
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", this.dataset.name);
    Object.assign(this.#button, { type: "button", className: "button" });
    Object.assign(this.#bar, { type: "range", min: "0", max: String(frames.length - 1), value: "0" });
    this.#bar.setAttribute("aria-label", `Place in ${this.dataset.name}`);
    this.#button.addEventListener("click", () => (this.#timer ? this.#stop() : this.#play()));
    this.#bar.addEventListener("input", () => {
      this.#stop();
      this.#show(Number(this.#bar.value));
    });
    const row = document.createElement("div");
    row.className = "film-bar";
    row.append(this.#button, this.#bar);
    this.prepend(this.#canvas, row);
    this.#stop();
    this.#show(0);
    this.dataset.ready = "";
  }

  #play() {
    const last = this.#film.frames.length - 1;
    let at = Number(this.#bar.value) >= last ? 0 : Number(this.#bar.value);
    this.#button.textContent = "Pause";
    this.#timer = setInterval(() => {
      this.#show(at);
      if (at >= last) this.#stop();
      at += 1;
    }, 1000 / this.#film.rate);
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#button.textContent = "Play";
  }

  #show(number) {
    this.#bar.value = String(number);
    this.#canvas.getContext("2d").putImageData(this.#film.picture(number), 0, 0);
  }
}

customElements.define("polyarena-film", FilmPlayer);
