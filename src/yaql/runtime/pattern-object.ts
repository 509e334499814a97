import type { CompiledPattern } from '../../regex/index.ts';
import { type HashKey, type Runtime, YaqlObject } from './objects.ts';
import { reprOf } from './repr.ts';

/** A compiled regular expression: what `regex()` returns. */
export class Pattern extends YaqlObject {
  readonly typeName: string = 'Pattern';
  readonly compiled: CompiledPattern;

  constructor(compiled: CompiledPattern) {
    super();
    this.compiled = compiled;
  }

  override hash(): HashKey {
    return `\0R${this.compiled.flagsText}/${this.compiled.source}`;
  }

  override equals(other: Runtime): boolean {
    return other instanceof Pattern && other.hash() === this.hash();
  }

  override repr(): string {
    const flags = this.compiled.flagsText;
    return `re.compile(${reprOf(this.compiled.source)}${flags === '' ? '' : `, ${flags}`})`;
  }
}
