import { equals } from '../../values/equality.ts';
import { isFailure, type PropertyFailure } from '../property-failure.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { PropertySchema } from '../resource-type.ts';
import { DecisionFailed, type ReplaceDecision, type ReplaceQuestion } from './decision.ts';

/** A resource that is to be brought from one definition to another of the same class. */
export interface UpdateQuestion {
  /** The properties that the class has, as it is wanted. */
  readonly schema: ReadonlyMap<string, PropertySchema>;
  readonly before: PropertyReader;
  readonly after: PropertyReader;
  readonly decision: ReplaceDecision;
  /** Whether anything of the definition differs, functions resolved. */
  readonly definitionChanged: boolean;
  /** Whether its properties, metadata or update policy do. */
  readonly templateChanged: boolean;
  readonly metadataChanged: boolean;
  /** What has become of it so far. */
  readonly state: { readonly action: string; readonly status: string; readonly exists: boolean };
}

/** What an update does to a resource. */
export interface Judgement {
  /** `refuse`: the whole update is refused. `fail`: Heat's own reading fails; what would come of it is not known. */
  readonly decision: 'unchanged' | 'update' | 'replace' | 'refuse' | 'fail';
  /** Properties that differ, in the order of the schema. Where a replacement is clear without them, none. */
  readonly changed: readonly string[];
  /** Why: properties that must not change, or cannot in place; `metadata`; `failed`: what there is has failed. */
  readonly because: readonly string[];
  /** Heat asks the service what became of the resource, which has failed, and may yet replace it. */
  readonly asksService?: true;
  /** The exception with which Heat refuses or fails. */
  readonly heat?: string;
  readonly message?: string;
}

/** Mirrors `Resource.preview_update`, which is also what decides when the update runs. */
export function judgeUpdate(question: UpdateQuestion): Judgement {
  try {
    const needed = needsUpdate(question);
    if (needed === 'replace-failed') return { decision: 'replace', changed: [], because: ['failed'] };
    if (typeof needed === 'object')
      return { decision: 'replace', changed: changedNames(question), because: [needed.because] };
    const asks = asksService(question) ? { asksService: true as const } : {};
    return needed
      ? { ...judgeChange(question), ...asks }
      : { decision: 'unchanged', changed: [], because: [], ...asks };
  } catch (error) {
    if (!(error instanceof DecisionFailed)) throw error;
    return { decision: 'fail', changed: [], because: [], heat: error.heat, message: error.message };
  }
}

/** Mirrors `_needs_update`. */
function needsUpdate(question: UpdateQuestion): boolean | 'replace-failed' | { readonly because: string } {
  const { decision, state, after, definitionChanged } = question;
  const own = decision.needsUpdate?.(sidesOf(question));
  if (own === 'never') return false;
  if (own === 'always' && state.exists) return true;
  if (typeof own === 'object') return { because: own.replaceBecause };
  if (state.status === 'FAILED' && !asksService(question)) return 'replace-failed';
  const because = decision.needsReplace?.((name) => after.property(name));
  if (because !== undefined) return { because };
  return own === 'always' || definitionChanged || !sameProperties(question);
}

function asksService({ decision, state }: UpdateQuestion): boolean {
  if (state.status !== 'FAILED' || !state.exists || decision.failed !== 'ask-service') return false;
  return state.action !== 'CHECK' || decision.replaceWhenCheckFailed === false;
}

/** A property that cannot be read makes them differ. */
function sameProperties({ schema, before, after }: UpdateQuestion): boolean {
  for (const name of schema.keys()) {
    const [old, wanted] = [before.property(name), after.property(name)];
    if (isFailure(old) || isFailure(wanted) || !equals(old ?? null, wanted ?? null)) return false;
  }
  return true;
}

function sidesOf({ before, after, metadataChanged }: UpdateQuestion): Omit<ReplaceQuestion, 'changed'> {
  return { before: (name) => before.property(name), after: (name) => after.property(name), metadataChanged };
}

/** Mirrors `update_template_diff_properties`. */
function judgeChange(question: UpdateQuestion): Judgement {
  const { schema, after, decision, templateChanged } = question;
  const sides = sidesOf(question);
  const byTemplate = templateChanged ? decision.needsReplaceWithTemplateDiff?.(sides) : undefined;
  if (byTemplate !== undefined) {
    return { decision: 'replace', changed: changedNames(question), because: [byTemplate] };
  }
  const changed = new Set<string>();
  for (const name of schema.keys()) if (differs(name, question, true)) changed.add(name);
  const immutable = [...changed].filter((name) => schema.get(name)?.immutable);
  if (immutable.length > 0) {
    return { decision: 'refuse', changed: [...changed], because: immutable, heat: 'NotSupported' };
  }
  const byClass = changed.size === 0 ? undefined : decision.needsReplaceWithPropertyDiff?.({ ...sides, changed });
  if (byClass !== undefined) return { decision: 'replace', changed: [...changed], because: [byClass] };
  const fixed = [...changed].filter((name) => !schema.get(name)?.updateAllowed);
  if (fixed.length > 0) return { decision: 'replace', changed: [...changed], because: fixed };
  for (const name of changed) valueOrFail(name, after.property(name));
  return { decision: 'update', changed: [...changed], because: [...changed] };
}

/** What cannot be read as it was is taken to have changed. */
function differs(name: string, { before, after }: UpdateQuestion, strict: boolean): boolean {
  const old = before.property(name);
  if (isFailure(old)) {
    if (strict && old.heat !== 'ValueError') valueOrFail(name, old);
    return true;
  }
  const wanted = after.property(name);
  if (isFailure(wanted)) {
    if (strict) valueOrFail(name, wanted);
    return true;
  }
  return !equals(old ?? null, wanted ?? null);
}

function changedNames(question: UpdateQuestion): string[] {
  return [...question.schema.keys()].filter((name) => differs(name, question, false));
}

function valueOrFail(name: string, reading: unknown): void {
  if (!isFailure(reading)) return;
  const { heat, message } = reading as PropertyFailure;
  throw new DecisionFailed(heat, `${name}: ${message}`);
}
