import { PatternError } from './pattern-error.ts';

/** The text of a pattern, read one character (code point) at a time; a backslash and what follows it count as one. */
export class Source {
  readonly chars: readonly string[];
  position = 0;

  constructor(text: string) {
    this.chars = Array.from(text);
  }

  /** What comes next: a character, an escape such as `\d`, or undefined at the end. */
  get next(): string | undefined {
    const char = this.chars[this.position];
    if (char !== '\\') return char;
    const escaped = this.chars[this.position + 1];
    if (escaped === undefined) throw new PatternError('a backslash ends the pattern', this.position);
    return char + escaped;
  }

  get(): string | undefined {
    const { next } = this;
    if (next !== undefined) this.position += next.length > 1 && next.startsWith('\\') ? 2 : 1;
    return next;
  }

  match(char: string): boolean {
    if (this.next !== char) return false;
    this.get();
    return true;
  }

  /** Takes at most `limit` of the given characters. */
  take(accepted: RegExp, limit: number): string {
    let taken = '';
    for (let i = 0; i < limit; i++) {
      const { next } = this;
      if (next === undefined || !accepted.test(next)) break;
      taken += this.get();
    }
    return taken;
  }

  /** What comes before `terminator`, which is taken too. */
  until(terminator: string, what: string): string {
    const start = this.position;
    let text = '';
    for (;;) {
      const char = this.get();
      if (char === undefined) {
        if (text === '') throw this.error(`${what} is missing`, start);
        throw this.error(`${terminator} is missing after ${what}`, start);
      }
      if (char === terminator) {
        if (text === '') throw this.error(`${what} is missing`, start);
        return text;
      }
      text += char;
    }
  }

  error(message: string, position: number = this.position): PatternError {
    return new PatternError(message, position);
  }
}
