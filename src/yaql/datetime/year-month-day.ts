import { daysInMonth } from './calendar.ts';

/** The text cannot be read as a date. */
export class NoDate {
  readonly reason: string = 'no date';
}

type Part = 'y' | 'm' | 'd';

/** Numbers that are year, month and day in an order that is still to be found. */
export class YearMonthDay {
  readonly values: number[] = [];
  readonly #known = new Map<Part, number>();
  centurySpecified = false;

  /** A number as it was written, or as computed. */
  add(value: string | number, label?: Part): void {
    let part = label;
    const long = typeof value === 'string' ? /^\d{3,}$/.test(value) : value > 100;
    if (long) {
      this.centurySpecified = true;
      if (part !== undefined && part !== 'y') throw new NoDate();
      part = 'y';
    }
    const number = typeof value === 'number' ? Math.trunc(value) : /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(number)) throw new NoDate();
    this.values.push(number);
    if (part === undefined) return;
    if (this.#known.has(part)) throw new NoDate();
    this.#known.set(part, this.values.length - 1);
  }

  couldBeDay(value: number): boolean {
    if (this.#known.has('d')) return false;
    const month = this.#value('m');
    if (month === undefined) return value >= 1 && value <= 31;
    if (month < 1 || month > 12) throw new NoDate();
    return value >= 1 && value <= daysInMonth(this.#value('y') ?? 2000, month);
  }

  #value(part: Part): number | undefined {
    const index = this.#known.get(part);
    return index === undefined ? undefined : this.values[index];
  }

  /** Which number is what: month first where nothing tells, and what is above 31 is a year. */
  resolve(): Partial<Record<Part, number>> {
    const { values } = this;
    const known = new Map(this.#known);
    if (values.length > 0 && values.length === known.size) return this.#named(known);
    if (values.length === 3 && known.size === 2) {
      const part = (['y', 'm', 'd'] as const).find((each) => !known.has(each)) as Part;
      known.set(part, [0, 1, 2].find((index) => ![...known.values()].includes(index)) as number);
      return this.#named(known);
    }
    const [a = 0, b = 0, c = 0] = values;
    const month = known.get('m');
    if (values.length > 3) throw new NoDate();
    if (values.length === 1 || (month !== undefined && values.length === 2)) return this.#oneOrMonth(month);
    if (values.length === 2) {
      if (a > 31) return { y: a, m: b };
      return b > 31 ? { m: a, y: b } : { m: a, d: b };
    }
    if (values.length === 0) return {};
    if (month === 0) return b > 31 ? { m: a, y: b, d: c } : { m: a, d: b, y: c };
    if (month === 1) return a > 31 ? { y: a, m: b, d: c } : { d: a, m: b, y: c };
    if (month === 2) return b > 31 ? { d: a, y: b, m: c } : { y: a, d: b, m: c };
    if (a > 31 || known.get('y') === 0) return { y: a, m: b, d: c };
    return a > 12 ? { d: a, m: b, y: c } : { m: a, d: b, y: c };
  }

  #named(known: ReadonlyMap<Part, number>): Partial<Record<Part, number>> {
    return Object.fromEntries(Array.from(known, ([part, index]) => [part, this.values[index] as number]));
  }

  #oneOrMonth(month: number | undefined): Partial<Record<Part, number>> {
    const result: Partial<Record<Part, number>> = month === undefined ? {} : { m: this.values[month] as number };
    if (month !== undefined && this.values.length === 1) return result;
    const other = (month === undefined ? this.values[0] : this.values.at(month - 1)) as number;
    return other > 31 ? { ...result, y: other } : { ...result, d: other };
  }
}
