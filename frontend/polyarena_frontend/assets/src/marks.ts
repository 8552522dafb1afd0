const MARK = /\[(picture|image) (\d{1,2})\]/gi;

/** The mark that stands for a picture in a prompt's text. */
export function mark(number: number): string {
  return `[picture ${number}]`;
}

/** The text after the picture of a number came (by 1) or went (by -1, its own mark with it). */
export function moved(text: string, number: number, by: 1 | -1): string {
  return text.replace(MARK, (whole, word: string, digits: string) => {
    const given = Number(digits);
    if (by < 0 && given === number) return "";
    return given >= number ? `[${word} ${given + by}]` : whole;
  });
}

/** Puts a mark where the cursor is, apart from the words around it. */
export function place(field: HTMLTextAreaElement, number: number): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const before = start > 0 && !/\s$/.test(value.slice(0, start)) ? " " : "";
  const after = end < value.length && !/^\s/.test(value.slice(end)) ? " " : "";
  field.setRangeText(`${before}${mark(number)}${after}`, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
