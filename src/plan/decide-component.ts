import type { Stack } from '../stack/stack.ts';
import type { ComponentState, ComponentStepState } from '../state/stack-state.ts';
import { equals } from '../values/equality.ts';
import { isMap, type Value, type ValueMap } from '../values/value.ts';

/**
 * What an update does in one step of a component that is there. On another server, or of another type, it is made anew.
 * Where its inputs or a script changed its step `update` is done, if that is written, and otherwise each step whose own
 * inputs changed. A component that failed is made once more where it is.
 */
export function decideComponent(
  stack: Stack,
  name: string,
  existing: ComponentState,
  inputs: ReadonlyMap<string, Value>,
): 'unchanged' | 'updated' | 'replaced' {
  const component = stack.components.get(name);
  const step = inputs.get('step');
  const isUpdate = step === 'update';
  const type = component?.resolvedType?.kind === 'plugin' ? component.resolvedType.type : component?.type;
  const server = inputs.get('server');
  const moved = existing.server !== undefined && server !== undefined && !equals(existing.server, server);
  if (moved || (type !== undefined && type !== existing.type)) return isUpdate ? 'unchanged' : 'replaced';
  if (existing.status === 'FAILED') return isUpdate ? 'unchanged' : 'updated';
  // Of a stack that is only known by its template nothing was recorded.
  if (existing.steps.every((one) => one.inputs.size === 0)) return 'unchanged';
  if (isUpdate) return differs(existing.steps, inputs) ? 'updated' : 'unchanged';
  if (component?.steps.has('update')) return 'unchanged';
  const before = existing.steps.find((one) => one.step === step);
  return before !== undefined && sameInputs(before.inputs, inputs) ? 'unchanged' : 'updated';
}

// Neither what the step is, nor where it is done.
const ASIDE: ReadonlySet<Value> = new Set(['existing', 'server', 'step', 'triggered']);

function sameInputs(before: ValueMap, inputs: ReadonlyMap<string, Value>): boolean {
  const strip = (map: Iterable<readonly [Value, Value]>): Value =>
    new Map(Array.from(map).filter(([name]) => !ASIDE.has(name)));
  return equals(strip(before), strip(inputs));
}

/** Whether anything that the component was made from is another than now. */
function differs(steps: readonly ComponentStepState[], inputs: ReadonlyMap<string, Value>): boolean {
  const scripts = inputs.get('scripts');
  const now = scripts !== undefined && isMap(scripts) ? scripts : new Map<Value, Value>();
  const made = steps.filter(({ step }) => step !== 'update');
  if (made.filter(({ inputs: one }) => one.has('script')).length !== now.size) return true;
  return made.some(({ step, inputs: before }) => {
    const script = before.get('script') ?? null;
    return (
      !equals(script, now.get(step) ?? null) ||
      ['properties', 'inputs', 'outputs'].some((key) => !equals(before.get(key) ?? null, inputs.get(key) ?? null))
    );
  });
}
