import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/state.ts';
import { isObject, JsonReader } from '../graph/json-codec.ts';
import { value as valueCodec } from '../graph/json-values.ts';
import { str } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import type {
  ComponentState,
  ComponentStepState,
  FrozenDefinition,
  HookState,
  ResourceState,
  SnapshotResource,
  StackSnapshot,
  StackSource,
  StackState,
} from './stack-state.ts';
import {
  type ComponentForm,
  type DefinitionForm,
  type Entry,
  state as format,
  type HookForm,
  type ResourceForm,
  type SnapshotForm,
  type SourceForm,
  STATE_VERSION,
} from './state-format.ts';
import type { StateCodec } from './write-state.ts';

export type ReadState =
  /** The diagnostics are warnings, such as of hidden values that were not kept. */
  | { readonly ok: true; readonly state: StackState; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The state of what `JSON.parse` gave. The data may come from anywhere: whatever is wrong with it is told, with the path
 * at which it stands, and nothing is thrown.
 */
export function readState(data: unknown, codec?: StateCodec): ReadState {
  if (isObject(data) && data.formatVersion !== STATE_VERSION) {
    return { ok: false, diagnostics: [say.stateVersion(data.formatVersion, STATE_VERSION)] };
  }
  const reader = new JsonReader();
  const { formatVersion: _, ...rest } = isObject(data) ? data : {};
  const form = format.read(isObject(data) ? rest : data, reader);
  const diagnostics = reader.diagnostics.map(say.stateJson);
  if (form === undefined || reader.failed) return { ok: false, diagnostics };
  const revealer = new Revealer(codec, (diagnostic) => void diagnostics.push(diagnostic));
  const { previous, components, snapshots, hooks, ...kept } = form;
  const state: StackState = {
    ...kept,
    source: revealer.source(form.source, ['source']),
    ...(previous && {
      previous: { ...previous, source: revealer.source(previous.source, ['previous', 'source']) },
    }),
    resources: form.resources.map((resource, index) => revealer.resource(resource, ['resources', index])),
    ...(components && {
      components: components.map((component, index) => revealer.component(component, ['components', index])),
    }),
    ...(snapshots && {
      snapshots: snapshots.map((snapshot, index) => revealer.snapshot(snapshot, ['snapshots', index])),
    }),
    ...(hooks && { hooks: hooks.map((hook, index) => revealer.hook(hook, ['hooks', index])) }),
  };
  const ids = new Set<string>();
  state.resources.forEach(({ id }, index) => {
    if (ids.has(id)) diagnostics.push(say.stateDuplicate(['resources', index, 'id'], id));
    ids.add(id);
  });
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics };
  return { ok: true, state, diagnostics };
}

/** Puts hidden values back. */
class Revealer {
  readonly #codec: StateCodec | undefined;
  readonly #report: (diagnostic: Diagnostic) => void;

  constructor(codec: StateCodec | undefined, report: (diagnostic: Diagnostic) => void) {
    this.#codec = codec;
    this.#report = report;
  }

  source(form: SourceForm, path: Path): StackSource {
    const environments = this.#map(form.environments, [...path, 'environments'], 'the environment');
    const parameters = this.#map(form.parameters, [...path, 'parameters'], 'the parameter');
    return {
      ...form,
      environments: Array.from(environments.known, ([name, text]) => ({ name: str(name), text: str(text) })),
      parameters: new Map(Array.from(parameters.known, ([name, value]) => [str(name), value])),
    };
  }

  resource(form: ResourceForm, path: Path): ResourceState {
    const { definition, attributes, outputs, ...rest } = form;
    const at = [...path, 'definition'];
    const { properties: props, metadata: meta, ...other }: DefinitionForm = definition;
    const properties = props && this.#map(props, [...at, 'properties'], `the property of '${form.name}'`);
    const metadata = meta && this.#map(meta, [...at, 'metadata'], `the metadata of '${form.name}'`);
    const masked = [...(properties?.lost ?? []).map((name) => `properties.${name}`), ...(metadata?.lost ?? [])];
    const [data] = metadata?.known.values() ?? [];
    const frozen: FrozenDefinition = {
      ...other,
      ...(properties && { properties: properties.known }),
      ...(data !== undefined && { metadata: data }),
    };
    return {
      ...rest,
      attributes: this.#map(attributes, [...path, 'attributes'], `the attribute of '${form.name}'`).known,
      outputs: this.#map(outputs, [...path, 'outputs'], `the output of '${form.name}'`).known,
      definition: frozen,
      ...(masked.length > 0 && { masked }),
    };
  }

  component(form: ComponentForm, path: Path): ComponentState {
    const what = `the component '${form.name}'`;
    const steps = form.steps.map((one, index): ComponentStepState => {
      const at = [...path, 'steps', index];
      return {
        step: one.step,
        inputs: this.#map(one.inputs, [...at, 'inputs'], what).known,
        attributes: this.#map(one.attributes, [...at, 'attributes'], what).known,
        outputs: this.#map(one.outputs, [...at, 'outputs'], what).known,
      };
    });
    return { ...form, steps, removal: this.#map(form.removal, [...path, 'removal'], what).known };
  }

  snapshot(form: SnapshotForm, path: Path): StackSnapshot {
    const resources = form.resources.map((one, index): SnapshotResource => {
      const at = [...path, 'resources', index, 'data'];
      return { ...one, data: this.#map(one.data, at, `the snapshot of '${one.name}'`).known };
    });
    return { ...form, source: this.source(form.source, [...path, 'source']), resources };
  }

  hook(form: HookForm, path: Path): HookState {
    const { known } = this.#map(form.attributes, [...path, 'attributes'], `the output of the hook '${form.name}'`);
    return { ...form, attributes: known };
  }

  #map(entries: readonly Entry[], path: Path, what: string): { known: Map<Value, Value>; lost: string[] } {
    const known = new Map<Value, Value>();
    const lost: string[] = [];
    entries.forEach((entry, index) => {
      const value = this.#value(entry, [...path, index], `${what} '${str(entry.name)}'`);
      if (value === undefined) lost.push(str(entry.name));
      else known.set(entry.name, value);
    });
    return { known, lost };
  }

  #value({ value, hidden }: Entry, path: Path, what: string): Value | undefined {
    if (value !== undefined) return value;
    if (hidden === undefined || hidden === null || this.#codec === undefined) {
      this.#report(say.hiddenNotKept(path, what));
      return undefined;
    }
    const reader = new JsonReader();
    try {
      const revealed = valueCodec.read(this.#codec.reveal(hidden), reader);
      if (revealed !== undefined) return revealed;
      this.#report(say.hiddenUnreadable(path, what, 'it is no value'));
    } catch {
      // What a codec throws may hold the secret.
      this.#report(say.hiddenUnreadable(path, what, 'the codec refuses it'));
    }
    return undefined;
  }
}
