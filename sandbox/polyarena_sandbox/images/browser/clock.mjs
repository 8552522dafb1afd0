/** Time that is left for a page; whatever it does, it ends. */

export class Late extends Error {}

export class Clock {
  constructor(seconds) {
    this.began = performance.now();
    this.end = this.began + seconds * 1000;
  }

  get left() {
    return Math.max(0, this.end - performance.now());
  }

  get seconds() {
    return Math.round(performance.now() - this.began) / 1000;
  }

  /** The promise's value, or Late after `most` milliseconds or when time is up. */
  async within(most, promise) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Late()), Math.min(most, this.left));
    });
    promise.catch(() => {});
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
