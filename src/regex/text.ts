/** A text by code points, which is how Python counts. */
export class CodePoints {
  readonly codes: ArrayLike<number>;
  readonly #text: string;
  readonly #points: readonly string[] | undefined;

  constructor(text: string) {
    this.#text = text;
    if (/[\ud800-\udfff]/.test(text)) {
      this.#points = Array.from(text);
      this.codes = this.#points.map((char) => char.codePointAt(0) as number);
    } else {
      this.#points = undefined;
      const codes = new Uint16Array(text.length);
      for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
      this.codes = codes;
    }
  }

  slice(start: number, end: number = this.codes.length): string {
    if (this.#points === undefined) return this.#text.slice(start, end);
    return this.#points.slice(start, end).join('');
  }
}
