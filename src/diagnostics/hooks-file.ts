import type { Diagnostic } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages about hooks as files of hooks and environments write them. */
type Problem = Omit<Diagnostic, 'place' | 'path'>;

function refused(code: string, message: string, expected: string, hint: { readonly hint?: string } = {}): Problem {
  return { code, severity: 'error', message, expected, ...hint };
}

export function hooksNotAMap(found: string): Problem {
  return refused('HOOKS_NOT_A_MAP', `The file of hooks is a ${found}.`, 'a map with hooks, workflows and actions');
}

export function hookKeyUnknown(owner: string, key: string, known: readonly string[]): Problem {
  return refused(
    'HOOK_KEY_UNKNOWN',
    `There is no '${key}' in ${owner}.`,
    `one of ${known.join(', ')}`,
    didYouMean(key, known),
  );
}

export function hookValueInvalid(owner: string, key: string, found: string, expected: string): Problem {
  return refused('HOOK_VALUE_INVALID', `'${key}' of ${owner} is ${found}.`, expected);
}

/** No document that was given defines it. */
export function hookWorkflowUnknown(name: string, known: readonly string[]): Problem {
  const near = didYouMean(name, known);
  return refused(
    'HOOK_WORKFLOW_UNKNOWN',
    `No workflow '${name}' was given.`,
    known.length === 0 ? 'the name of a workflow' : `one of ${known.slice(0, 10).join(', ')}`,
    near.hint === undefined
      ? { hint: 'Define it in a file of hooks, or name its file: workflow: {file: name.yaml}.' }
      : near,
  );
}

export function hookFileMissing(reference: string, reason: string): Problem {
  return refused(
    'HOOK_FILE_MISSING',
    `The file '${reference}' can not be read: ${reason}.`,
    'the path of a file, relative to the file that refers to it',
  );
}
