/** A place in a text that is being scanned. The text ends in NUL, which no valid text has inside. */
export class Cursor {
  readonly text: string;
  pos = 0;
  /** Where the line begins that `pos` is in: the column is `pos - lineStart`. */
  lineStart = 0;

  constructor(text: string) {
    this.text = text;
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  /** Steps over one line break. What it stands for in a scalar: `\n`, or LS and PS, which stay as they are. */
  lineBreak(): string {
    const code = this.text.charCodeAt(this.pos++);
    if (code === 0x0d && this.text.charCodeAt(this.pos) === 0x0a) this.pos++;
    this.lineStart = this.pos;
    return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
  }

  /** Whether `---` or `...` stands here at the start of a line. */
  atDocumentMarker(): boolean {
    if (this.pos !== this.lineStart) return false;
    const { text, pos } = this;
    const code = text.charCodeAt(pos);
    if (code !== 0x2d && code !== 0x2e) return false;
    return (
      text.charCodeAt(pos + 1) === code && text.charCodeAt(pos + 2) === code && isBlankOrEnd(text.charCodeAt(pos + 3))
    );
  }
}

// YAML 1.1 has five line breaks: LF, CR, NEL, LS, PS.
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || code === 0;
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Space, tab, line break or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || isBreakOrEnd(code);
}

/** A letter of names: of anchors and tag handles. */
export function isNameLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
}
