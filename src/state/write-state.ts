import { encode, type Json } from '../values/encode.ts';
import type { Value, ValueMap } from '../values/value.ts';
import { HiddenTexts } from './hidden-texts.ts';
import type {
  ComponentState,
  FrozenDefinition,
  HookState,
  ResourceState,
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

/** Keeps hidden values out of other people's sight: it encrypts them, say. Both ways are JSON data. */
export interface StateCodec {
  hide(value: Json): Json;
  /** @throws anything when it cannot. */
  reveal(hidden: Json): Json;
}

/**
 * A state as JSON data. Whatever holds the value of a hidden parameter is given to the codec; without one it is left
 * out, and must be given again. Templates and files are written as they are: what they say was never hidden.
 */
export function writeState(state: StackState, codec?: StateCodec): { readonly [key: string]: Json } {
  const { source, previous, resources, components, snapshots, hooks, ...kept } = state;
  const sources = [source, ...(previous ? [previous.source] : []), ...(snapshots ?? []).map((one) => one.source)];
  const hidden = new HiddenTexts(sources.flatMap(hiddenValues));
  const writer = new Writer(hidden, codec);
  const form = format.write({
    ...kept,
    source: writer.source(source),
    ...(previous && { previous: { ...previous, source: writer.source(previous.source) } }),
    resources: resources.map((resource) => writer.resource(resource)),
    ...(components && { components: components.map((component) => writer.component(component)) }),
    ...(snapshots && { snapshots: snapshots.map((snapshot) => writer.snapshot(snapshot)) }),
    ...(hooks && { hooks: hooks.map((hook) => writer.hook(hook)) }),
  });
  return { formatVersion: STATE_VERSION, ...(form as { readonly [key: string]: Json }) };
}

function hiddenValues({ hidden, parameters }: StackSource): Value[] {
  return hidden.map((name) => parameters.get(name) ?? null);
}

class Writer {
  readonly #hidden: HiddenTexts;
  readonly #codec: StateCodec | undefined;

  constructor(hidden: HiddenTexts, codec: StateCodec | undefined) {
    this.#hidden = hidden;
    this.#codec = codec;
  }

  source(source: StackSource): SourceForm {
    return {
      ...source,
      environments: source.environments.map(({ name, text }) => this.#entry(name, text)),
      parameters: Array.from(source.parameters, ([name, value]) =>
        this.#entry(name, value, source.hidden.includes(name)),
      ),
    };
  }

  resource(resource: ResourceState): ResourceForm {
    const { masked: _, ...rest } = resource;
    return {
      ...rest,
      attributes: this.#entries(resource.attributes),
      outputs: this.#entries(resource.outputs),
      definition: this.#definition(resource),
    };
  }

  component({ steps, removal, ...rest }: ComponentState): ComponentForm {
    return {
      ...rest,
      steps: steps.map(({ step, inputs, attributes, outputs }) => ({
        step,
        inputs: this.#entries(inputs),
        attributes: this.#entries(attributes),
        outputs: this.#entries(outputs),
      })),
      removal: this.#entries(removal),
    };
  }

  snapshot(snapshot: StackSnapshot): SnapshotForm {
    const resources = snapshot.resources.map((one) => ({ ...one, data: this.#entries(one.data) }));
    return { ...snapshot, source: this.source(snapshot.source), resources };
  }

  hook(hook: HookState): HookForm {
    return { ...hook, attributes: this.#entries(hook.attributes) };
  }

  #definition({ definition, masked = [] }: ResourceState): DefinitionForm {
    const { properties, metadata, ...rest }: FrozenDefinition = definition;
    const lost = masked
      .filter((one) => one.startsWith('properties.'))
      .map((one) => ({ name: one.slice('properties.'.length), hidden: null }));
    const metadataLost = masked.includes('metadata');
    return {
      ...rest,
      ...((properties !== undefined || lost.length > 0) && {
        properties: [...this.#entries(properties ?? new Map()), ...lost],
      }),
      ...(metadata !== undefined && { metadata: [this.#entry('metadata', metadata)] }),
      ...(metadataLost && { metadata: [{ name: 'metadata', hidden: null }] }),
    };
  }

  #entries(map: ValueMap): Entry[] {
    return Array.from(map, ([name, value]) => this.#entry(name, value));
  }

  #entry(name: Value, value: Value, isHidden: boolean = this.#hidden.isIn(value)): Entry {
    if (!isHidden) return { name, value };
    return { name, hidden: this.#codec === undefined ? null : this.#codec.hide(encode(value)) };
  }
}
