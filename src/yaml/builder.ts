import {
  badMergeSource,
  badPairs,
  cyclicAlias,
  duplicateAnchor,
  strayEquals,
  strayMergeKey,
  tooDeep,
  tooManyMergedKeys,
  tooManyNodes,
  unhashableKey,
  unknownAnchor,
  unknownTag,
} from '../diagnostics/yaml.ts';
import { Float, typeName, type Value } from '../values/value.ts';
import { type Anchor, Frame } from './frame.ts';
import { KeyTable } from './keys.ts';
import type { YamlLimits } from './limits.ts';
import { PlainCache } from './plain-cache.ts';
import { EQUALS, MERGE, type Resolved } from './plain-scalar.ts';
import type { Recorder } from './recorder.ts';
import { Refusal } from './refusal.ts';
import { plainValue, STANDARD, shortTag, taggedScalar } from './tags.ts';

/**
 * Makes the value of a document from the events of its parser, as PyYAML's SafeLoader constructs it in Heat's hands:
 * tags, merge keys, equal keys, aliases. Knows nothing of syntax.
 */
export class Builder {
  /** Whether any mapping had equal keys; the recorder knows which. */
  hasDuplicates = false;
  /** Where the part of the text begins that offsets are of. */
  base = 0;
  private readonly limits: YamlLimits;
  private readonly recorder: Recorder | null;
  private readonly frames: Frame[] = [];
  private depth = 0;
  private top: Frame;
  private anchors: Map<string, Anchor> | null = null;
  private size = 0;
  private mergedKeys = 0;
  private deferred: Refusal | null = null;
  private readonly cache: PlainCache;

  constructor(text: string, limits: YamlLimits, recorder: Recorder | null) {
    this.cache = new PlainCache(text);
    this.limits = limits;
    this.recorder = recorder;
    this.top = this.frameAt(0);
  }

  /** A plain scalar on one line, without tag or anchor. */
  plain(start: number, end: number): void {
    let value: Resolved;
    try {
      value = this.cache.value(this.base + start, this.base + end);
    } catch (error) {
      value = this.defer(error);
    }
    this.add(value, start, end);
  }

  /** Any other scalar. `tag` is in full, or `!` (read as if plain, even in quotes), or null. */
  scalar(
    content: string,
    isPlain: boolean,
    tag: string | null,
    anchor: string | null,
    start: number,
    end: number,
  ): void {
    let value: Resolved;
    if (tag !== null && tag !== '!') value = this.taggedValue(tag, content, start, end);
    else value = isPlain || tag === '!' ? this.plainValue(content, start, end) : content;
    if (anchor !== null) {
      const entry = this.declare(anchor, start);
      entry.value = value as Value;
      entry.complete = true;
      entry.size = 1;
    }
    this.add(value === EQUALS && this.atKey() ? content : value, start, end);
  }

  openMap(tag: string | null, anchor: string | null, start: number): void {
    const parent = this.top;
    const frame = this.open(anchor, start);
    frame.map = new Map();
    frame.merging = false;
    if (parent.shape === 'pairs' && parent.map === null) {
      frame.shape = 'pair';
      frame.list = [];
    } else if (!parent.merging && tag !== null && tag !== '!') {
      frame.tag = tag;
      if (tag === `${STANDARD}set`) frame.shape = 'set';
      else if (tag !== `${STANDARD}map`) throw new Refusal(unknownTag(shortTag(tag), 'mapping'), start);
    }
    this.recorder?.open('map', start);
  }

  openList(tag: string | null, anchor: string | null, start: number): void {
    const parent = this.top;
    const frame = this.open(anchor, start);
    frame.map = null;
    frame.list = [];
    // The items of a list after << are merged; what is in them is not.
    frame.merging = parent.merging && parent.map !== null;
    if (!parent.merging && tag !== null && tag !== '!') {
      frame.tag = tag;
      if (tag === `${STANDARD}omap` || tag === `${STANDARD}pairs`) frame.shape = 'pairs';
      else if (tag !== `${STANDARD}seq`) throw new Refusal(unknownTag(shortTag(tag), 'list'), start);
    }
    this.recorder?.open('list', start);
  }

  close(end: number): void {
    const frame = this.top;
    this.recorder?.close(end);
    const value = frame.finish();
    this.top = this.frames[--this.depth] as Frame;
    this.deepen(frame.height + 1);
    const anchor = frame.anchor;
    if (anchor !== null) {
      anchor.value = value;
      anchor.complete = true;
      anchor.size = this.size - anchor.size;
      anchor.height = frame.height + 1;
    }
    frame.merges = null;
    frame.keys = null;
    this.put(value, frame.start, end);
  }

  alias(name: string, start: number, end: number): void {
    const anchor = this.anchors?.get(name);
    if (anchor === undefined) throw new Refusal(unknownAnchor(name), start, end);
    if (!anchor.complete) {
      throw new Refusal(cyclicAlias(name), start, end, { message: 'the value starts here', offset: anchor.start });
    }
    this.size += anchor.size;
    if (this.size > this.limits.maxExpandedNodes) {
      throw new Refusal(tooManyNodes(this.limits.maxExpandedNodes), start, end);
    }
    if (this.depth + anchor.height > this.limits.maxDepth) throw new Refusal(tooDeep(this.limits.maxDepth), start, end);
    this.deepen(anchor.height);
    this.recorder?.alias(anchor.node, start, end);
    this.accept(anchor.value as Resolved, start, end);
  }

  /** Something of this height was put into the open collection. What is merged becomes part of it, no level of its own. */
  private deepen(height: number): void {
    const inside = this.top.merging ? height - 1 : height;
    if (inside > this.top.height) this.top.height = inside;
  }

  private plainValue(text: string, start: number, end: number): Resolved {
    try {
      return plainValue(text, start, end);
    } catch (error) {
      return this.defer(error);
    }
  }

  private taggedValue(tag: string, content: string, start: number, end: number): Resolved {
    try {
      return taggedScalar(tag, content, start, end);
    } catch (error) {
      return this.defer(error);
    }
  }

  /** Python reads the whole text before it makes values: an error of syntax further on comes first. */
  private defer(error: unknown): Resolved {
    if (!(error instanceof Refusal)) throw error;
    this.deferred ??= error;
    return null;
  }

  private add(value: Resolved, start: number, end: number): void {
    this.size++;
    if (this.recorder !== null) this.recorder.scalar(value, start, end);
    this.accept(value, start, end);
  }

  private accept(value: Resolved, start: number, end: number): void {
    if (typeof value !== 'symbol') {
      this.put(value, start, end);
      return;
    }
    const frame = this.top;
    if (!this.atKey()) throw new Refusal(value === MERGE ? strayMergeKey() : strayEquals(), start, end);
    if (value === EQUALS) {
      this.put('=', start, end);
      return;
    }
    frame.hasKey = true;
    frame.merging = true;
    frame.keyStart = start;
  }

  /** Whether the next node will be a key. */
  atKey(): boolean {
    const frame = this.top;
    return frame.map !== null && frame.shape !== 'pair' && !frame.hasKey;
  }

  /** Whether the next node will be the value of a key. */
  atValue(): boolean {
    return this.top.map !== null && this.top.hasKey;
  }

  private put(value: Value, start: number, end: number): void {
    const frame = this.top;
    const map = frame.map;
    if (map === null) {
      if (frame.shape === 'pairs') this.putPair(frame, value, start, end);
      else frame.list.push(value);
    } else if (!frame.hasKey) {
      if (typeof value === 'object' && value !== null) this.checkKey(frame, value, start, end);
      frame.key = value;
      frame.keyStart = start;
      frame.hasKey = true;
    } else {
      frame.hasKey = false;
      if (frame.merging) this.merge(frame, value, start, end);
      else if (frame.shape === 'pair') frame.list.push(frame.key, value);
      else this.set(frame, map, value);
    }
  }

  private set(frame: Frame, map: Map<Value, Value>, value: Value): void {
    let key = frame.key;
    if (typeof key !== 'string') {
      frame.keys ??= new KeyTable(map);
      key = frame.keys.firstForm(key);
    }
    const before = map.size;
    map.set(key, value);
    if (map.size > before) return;
    this.hasDuplicates = true;
    this.recorder?.duplicate(frame.key, frame.keyStart);
  }

  private checkKey(frame: Frame, value: Value, start: number, end: number): void {
    if (value instanceof Float || value instanceof Uint8Array || frame.shape === 'pair') return;
    throw new Refusal(unhashableKey(typeName(value)), start, end);
  }

  /** `<<: value`: kept aside until the mapping ends, because merged entries come before its own. */
  private merge(frame: Frame, value: Value, start: number, end: number): void {
    frame.merging = false;
    frame.merges ??= [];
    if (Array.isArray(value)) {
      // Later ones are overwritten by earlier ones.
      for (let i = value.length - 1; i >= 0; i--) frame.merges.push(this.mergeSource(value[i] as Value, start, end));
    } else {
      frame.merges.push(this.mergeSource(value, start, end));
    }
  }

  private mergeSource(value: Value, start: number, end: number): ReadonlyMap<Value, Value> {
    let source: ReadonlyMap<Value, Value>;
    if (value instanceof Map) source = value;
    else if (value instanceof Set) source = new Map(Array.from(value as Set<Value>, (item) => [item, null]));
    else throw new Refusal(badMergeSource(typeName(value)), start, end);
    this.mergedKeys += source.size;
    if (this.mergedKeys > this.limits.maxMergedKeys) {
      throw new Refusal(tooManyMergedKeys(this.limits.maxMergedKeys), start, end);
    }
    return source;
  }

  private putPair(frame: Frame, value: Value, start: number, end: number): void {
    // An alias brings a mapping that was made as one.
    const pair = value instanceof Map ? [...(value as ReadonlyMap<Value, Value>)].flat(1) : value;
    if (!Array.isArray(pair)) throw new Refusal(badPairs(shortTag(frame.tag), typeName(value)), start, end);
    if (pair.length !== 2) {
      throw new Refusal(badPairs(shortTag(frame.tag), `a mapping of ${pair.length / 2} entries`), start, end);
    }
    frame.list.push(pair);
  }

  private open(anchor: string | null, start: number): Frame {
    this.size++;
    if (this.depth >= this.limits.maxDepth) throw new Refusal(tooDeep(this.limits.maxDepth), start);
    const entry = anchor === null ? null : this.declare(anchor, start);
    const frame = this.frameAt(++this.depth);
    frame.anchor = entry;
    frame.start = start;
    frame.shape = 'plain';
    frame.hasKey = false;
    frame.height = 0;
    this.top = frame;
    return frame;
  }

  private declare(name: string, start: number): Anchor {
    this.anchors ??= new Map();
    const known = this.anchors.get(name);
    if (known !== undefined) {
      throw new Refusal(duplicateAnchor(name), start, start, { message: 'the first one', offset: known.start });
    }
    // Until the node is complete, `size` is the count before it.
    const anchor = {
      start,
      value: null,
      complete: false,
      size: this.size - 1,
      height: 0,
      node: this.recorder?.next ?? 0,
    };
    this.anchors.set(name, anchor);
    return anchor;
  }

  private frameAt(depth: number): Frame {
    let frame = this.frames[depth];
    if (frame === undefined) {
      frame = new Frame();
      this.frames[depth] = frame;
    }
    return frame;
  }

  /** The value of the one node at the top. */
  result(): Value {
    if (this.deferred !== null) throw this.deferred;
    return (this.frames[0] as Frame).list[0] ?? null;
  }
}
