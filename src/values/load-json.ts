import { float, int, type Value } from './value.ts';

/** Text that Python's `json.loads` refuses; `offset` (UTF-16 units) is where. */
export class JsonError extends Error {
  readonly offset: number;
  readonly kind: 'syntax' | 'depth';

  constructor(message: string, offset: number, kind: 'syntax' | 'depth' = 'syntax') {
    super(message);
    this.offset = offset;
    this.kind = kind;
  }
}

/** Told of every node while it is read, in the order of the text: for whoever needs positions. */
export interface JsonObserver {
  scalar(value: Value, start: number, end: number): void;
  open(kind: 'map' | 'list', start: number): void;
  close(end: number): void;
  /** Its map had an equal key before; called after the value. `start` is where the key stands. */
  duplicate(key: string, start: number): void;
}

/** A value, and whether any map had equal keys. */
export interface JsonReading {
  readonly value: Value;
  readonly hasDuplicates: boolean;
}

/** Nesting that is read unless the caller says otherwise. */
const MAX_DEPTH = 400;
/** Python's bound on the digits of an integer (`sys.int_info.default_max_str_digits`). */
const LONGEST_INT = 4300;

/**
 * Python's `json.loads(text)`: exact integers, floats kept apart, `NaN` and `Infinity` by name, the last of equal keys
 * at the place of the first, lone surrogates as they are, no control characters in strings.
 *
 * @throws JsonError
 */
export function loadJson(text: string, maxDepth: number = MAX_DEPTH): Value {
  return readJson(text, maxDepth).value;
}

/**
 * `loadJson`, with more to tell.
 *
 * @throws JsonError
 */
export function readJson(text: string, maxDepth: number = MAX_DEPTH, observer?: JsonObserver): JsonReading {
  const reader = new JsonReader(text, maxDepth, observer);
  const value = reader.document();
  return { value, hasDuplicates: reader.hasDuplicates };
}

class JsonReader {
  hasDuplicates = false;
  private readonly text: string;
  private readonly maxDepth: number;
  private readonly observer: JsonObserver | undefined;
  private at = 0;
  private depth = 0;

  constructor(text: string, maxDepth: number, observer: JsonObserver | undefined) {
    this.text = text;
    this.maxDepth = maxDepth;
    this.observer = observer;
  }

  document(): Value {
    this.skipSpace();
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.fail('nothing but white space may follow the value');
    return value;
  }

  private fail(message: string): never {
    throw new JsonError(message, this.at);
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.text.charCodeAt(++this.at);
  }

  // Recursion is safe: `enter` bounds its depth.
  private value(): Value {
    const start = this.at;
    switch (this.text.charCodeAt(start)) {
      case 0x7b: // {
        return this.map();
      case 0x5b: // [
        return this.list();
      case 0x22: // "
        return this.seen(this.string(), start);
      case 0x6e: // n
        return this.seen(this.word('null', null), start);
      case 0x74: // t
        return this.seen(this.word('true', true), start);
      case 0x66: // f
        return this.seen(this.word('false', false), start);
      case 0x4e: // N
        return this.seen(this.word('NaN', float(Number.NaN)), start);
      case 0x49: // I
        return this.seen(this.word('Infinity', float(Number.POSITIVE_INFINITY)), start);
      default:
        return this.seen(this.number(), start);
    }
  }

  private seen(value: Value, start: number): Value {
    this.observer?.scalar(value, start, this.at);
    return value;
  }

  private word(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) this.fail('a value is expected');
    this.at += word.length;
    return value;
  }

  private enter(kind: 'map' | 'list'): void {
    if (++this.depth > this.maxDepth) throw new JsonError('too deeply nested', this.at, 'depth');
    this.observer?.open(kind, this.at);
    this.at++;
    this.skipSpace();
  }

  private leave(): void {
    this.depth--;
    this.at++;
    this.observer?.close(this.at);
  }

  private map(): Value {
    this.enter('map');
    const map = new Map<Value, Value>();
    if (this.text.charCodeAt(this.at) === 0x7d) {
      this.leave();
      return map;
    }
    for (;;) {
      const start = this.at;
      if (this.text.charCodeAt(start) !== 0x22) this.fail('a key in double quotes is expected');
      const key = this.string();
      this.observer?.scalar(key, start, this.at);
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== 0x3a) this.fail("':' is expected");
      this.at++;
      this.skipSpace();
      this.set(map, key, start);
      this.skipSpace();
      const code = this.text.charCodeAt(this.at);
      if (code === 0x7d) break;
      if (code !== 0x2c) this.fail("',' or '}' is expected");
      this.at++;
      this.skipSpace();
    }
    this.leave();
    return map;
  }

  private set(map: Map<Value, Value>, key: string, start: number): void {
    const value = this.value();
    const before = map.size;
    map.set(key, value);
    if (map.size > before) return;
    this.hasDuplicates = true;
    this.observer?.duplicate(key, start);
  }

  private list(): Value {
    this.enter('list');
    const list: Value[] = [];
    if (this.text.charCodeAt(this.at) === 0x5d) {
      this.leave();
      return list;
    }
    for (;;) {
      list.push(this.value());
      this.skipSpace();
      const code = this.text.charCodeAt(this.at);
      if (code === 0x5d) break;
      if (code !== 0x2c) this.fail("',' or ']' is expected");
      this.at++;
      this.skipSpace();
    }
    this.leave();
    return list;
  }

  private string(): string {
    const text = this.text;
    let from = ++this.at;
    let result = '';
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 0x22) {
        const tail = text.slice(from, this.at++);
        return result === '' ? tail : result + tail;
      }
      if (code === 0x5c) {
        result += text.slice(from, this.at) + this.escape();
        from = this.at;
      } else if (code >= 0x20) {
        this.at++;
      } else {
        // NaN at the end of the text lands here too.
        this.fail(this.at < text.length ? 'a control character must be escaped' : 'the string is not closed');
      }
    }
  }

  private escape(): string {
    const char = this.text.charAt(this.at + 1);
    if (char === 'u') {
      const digits = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('four hexadecimal digits are expected after \\u');
      this.at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const index = '"\\/bfnrt'.indexOf(char);
    if (char === '' || index < 0) this.fail('this is not an escape of JSON');
    this.at += 2;
    return '"\\/\b\f\n\r\t'.charAt(index);
  }

  private number(): Value {
    const text = this.text;
    const start = this.at;
    const negative = text.charCodeAt(start) === 0x2d;
    if (negative && text.startsWith('Infinity', start + 1)) {
      this.at += 9;
      return float(Number.NEGATIVE_INFINITY);
    }
    if (negative) this.at++;
    const first = this.at;
    if (text.charCodeAt(first) === 0x30) this.at++;
    else this.digits();
    if (this.at === first) {
      this.at = start;
      this.fail('a value is expected');
    }
    const endOfInt = this.at;
    if (text.charCodeAt(endOfInt) === 0x2e) {
      this.at++;
      if (!this.digits()) this.at = endOfInt;
    }
    this.exponent();
    if (this.at > endOfInt) return float(Number(text.slice(start, this.at)));
    const length = endOfInt - first;
    if (length <= 15) {
      const value = Number(text.slice(first, endOfInt));
      return negative && value !== 0 ? -value : value;
    }
    if (length > LONGEST_INT) this.fail('more digits than Python reads');
    return int(BigInt(text.slice(start, endOfInt)));
  }

  /** Whether there was a digit. */
  private digits(): boolean {
    const start = this.at;
    let code = this.text.charCodeAt(start);
    while (code >= 0x30 && code <= 0x39) code = this.text.charCodeAt(++this.at);
    return this.at > start;
  }

  private exponent(): void {
    const start = this.at;
    if ((this.text.charCodeAt(start) | 0x20) !== 0x65) return;
    this.at++;
    const sign = this.text.charCodeAt(this.at);
    if (sign === 0x2b || sign === 0x2d) this.at++;
    if (!this.digits()) this.at = start;
  }
}
