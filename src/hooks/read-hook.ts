import type { Path, Place } from '../diagnostics/diagnostic.ts';
import { type HookSaid, hookPointUnknown, hookStartUnknown, hookWithoutPoint } from '../diagnostics/hooks.ts';
import * as say from '../diagnostics/hooks-file.ts';
import { findFile, type ResolveFile } from '../stack/files.ts';
import { str } from '../values/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../values/value.ts';
import { short } from '../workflow/language/check-schema.ts';
import type { Reader } from '../workflow/language/reader.ts';
import type { SourceText } from '../yaml/source.ts';
import type { Hook, HookPoint, HookSelector } from './hook.ts';
import { POINT_NAMES } from './hook-points.ts';
import { MapReader, refuseOthers } from './map-reader.ts';
import { readHookPolicy } from './read-hook-policy.ts';
import type { ChosenWorkflow, WorkflowShelf } from './workflow-shelf.ts';

/** What a hook written as data may say, wherever it stands. */
export const HOOK_KEYS = [
  'name',
  'workflow',
  'action',
  'input',
  'task-name',
  'instead',
  'on-failure',
  'order',
  'policy',
] as const;
const SELECTOR_KEYS = ['name', 'path', 'type'];
const WORKFLOW_KEYS = ['file', 'start'];

const A_POLICY = '{retry: {count, delay, backoff}, timeout, wait-before, wait-after, priority, pool}';
const A_WORKFLOW = 'the name of a workflow, or {file: name.yaml, start: name}';

/** Where workflows of hooks are found. */
export interface WorkflowSources {
  readonly shelf: WorkflowShelf;
  readonly resolve: ResolveFile;
  /** Name of the source that refers to them. */
  readonly from: string;
}

/** Reads the keys of one hook. Each wrong one is told, and left out of what is returned. */
export class HookReader {
  readonly #map: ValueMap;
  readonly #path: Path;
  readonly #reader: Reader;
  readonly #label: string;
  readonly #values: MapReader;

  constructor(map: ValueMap, path: Path, reader: Reader) {
    this.#map = map;
    this.#path = path;
    this.#reader = reader;
    const called = [map.get('name'), map.get('workflow'), map.get('action'), map.get('at')];
    this.#label = (called.find((one) => typeof one === 'string') as string | undefined) ?? 'without a name';
    this.#values = new MapReader(map, this.#owner, path, reader);
  }

  get #owner(): string {
    return `the hook '${this.#label}'`;
  }

  #said(path: Path): HookSaid {
    return { label: this.#label, place: this.#reader.locator.locate(path) };
  }

  /** Keys other than these are refused. */
  allow(keys: readonly string[]): void {
    this.#values.allow(keys);
  }

  at(): Pick<Hook, 'at'> {
    const value = this.#map.get('at');
    const points = isList(value) ? value : value === undefined ? [] : [value];
    if (points.length === 0) this.#reader.diagnostics.push(hookWithoutPoint(this.#said(this.#path)));
    for (const [index, point] of points.entries()) {
      if (POINT_NAMES.includes(point as string)) continue;
      const path = [...this.#path, 'at', ...(isList(value) ? [index] : [])];
      this.#reader.diagnostics.push(hookPointUnknown(this.#said(path), str(point), POINT_NAMES));
    }
    return { at: (isList(value) ? points : (value ?? 'pre')) as HookPoint | readonly HookPoint[] };
  }

  select(): Pick<Hook, 'select'> {
    const value = this.#map.get('select');
    if (value === undefined) return {};
    if (typeof value === 'string') return { select: value };
    if (!isMap(value)) {
      this.#values.wrong('select', value, 'a name, or {name, path, type}');
      return {};
    }
    const path = [...this.#path, 'select'];
    refuseOthers(value, SELECTOR_KEYS, `'select' of ${this.#owner}`, path, this.#reader);
    const select: { -readonly [key in 'name' | 'path' | 'type']?: string } = {};
    for (const key of ['name', 'path', 'type'] as const) {
      const given = value.get(key);
      if (typeof given === 'string') select[key] = given;
      else if (given !== undefined)
        this.#reader.report(say.hookValueInvalid(`'select'`, key, short(given), 'a text'), [...path, key]);
    }
    return { select: select satisfies HookSelector };
  }

  /** `workflow: name`, or `workflow: {file, start}`. */
  workflow({ shelf, resolve, from }: WorkflowSources): ChosenWorkflow {
    const value = this.#map.get('workflow');
    const path = [...this.#path, 'workflow'];
    if (value === undefined) return {};
    if (typeof value === 'string') {
      const found = shelf.named(value);
      if (found === undefined) this.#reader.report(say.hookWorkflowUnknown(value, shelf.names), path);
      return found ?? {};
    }
    if (!isMap(value)) {
      this.#values.wrong('workflow', value, A_WORKFLOW);
      return {};
    }
    refuseOthers(value, WORKFLOW_KEYS, `'workflow' of ${this.#owner}`, path, this.#reader);
    const [reference, start] = [value.get('file'), value.get('start')];
    if (typeof reference !== 'string' || (start !== undefined && typeof start !== 'string')) {
      this.#values.wrong('workflow', value, A_WORKFLOW);
      return {};
    }
    const file = findFile(resolve, reference, from);
    if ('reason' in file) {
      this.#reader.report(say.hookFileMissing(reference, file.reason), [...path, 'file']);
      return {};
    }
    return this.#inFile(file, start, shelf, path);
  }

  #inFile(file: SourceText, start: string | undefined, shelf: WorkflowShelf, path: Path): ChosenWorkflow {
    const { names, ...chosen } = shelf.inFile(file, start);
    // A file with errors defines nothing, and says why.
    if (start !== undefined && names.length > 0 && !names.includes(start)) {
      this.#reader.diagnostics.push(hookStartUnknown(this.#said([...path, 'start']), start, names));
    }
    return chosen;
  }

  /** Everything that is but a value. */
  plain(): Omit<Hook, 'at' | 'select' | 'workflow' | 'start' | 'library'> {
    const name = this.#values.text('name');
    const action = this.#values.text('action');
    const taskName = this.#values.text('task-name');
    const instead = this.#values.flag('instead');
    const onFailure = this.#values.flag('on-failure');
    const order = this.#values.number('order');
    const place: Place | undefined = this.#reader.locator.locate(this.#path, 'key');
    return {
      ...(name !== undefined && { name }),
      ...(action !== undefined && { action }),
      ...(taskName !== undefined && { taskName }),
      ...(instead !== undefined && { instead }),
      ...(onFailure !== undefined && { onFailure }),
      ...(order !== undefined && { order }),
      ...this.#input(),
      ...this.#policy(),
      ...(place !== undefined && { place }),
    };
  }

  #input(): Pick<Hook, 'input'> {
    const value = this.#map.get('input');
    if (value === undefined) return {};
    if (!isMap(value)) {
      this.#values.wrong('input', value, 'a map of names to values');
      return {};
    }
    const path = [...this.#path, 'input'];
    if (!this.#reader.checkKeys(value, `'input' of ${this.#owner}`, path)) return {};
    return { input: value as ReadonlyMap<string, Value> };
  }

  #policy(): Pick<Hook, 'policy'> {
    const policy = this.#values.section('policy', A_POLICY);
    return policy === undefined ? {} : { policy: readHookPolicy(policy) };
  }
}
