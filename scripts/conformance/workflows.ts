import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DocumentKind, loadWorkflows } from '../../src/workflow/language/load-workflows.ts';

/** A document in Mistral's language of a suite. */
export interface WorkflowDocument {
  readonly name: string;
  /** Address of Mistral that validates it. */
  readonly kind: Address;
  readonly text: string;
  /** Whether Mistral accepts it, where the suite tells; else a live one has to be asked. */
  readonly accepted: boolean | undefined;
}

export type Address = 'workflows' | 'workbooks' | 'actions';

const KINDS: Readonly<Record<Address, DocumentKind>> = {
  workflows: 'workflows',
  workbooks: 'workbook',
  actions: 'actions',
};
const TEMPLATE = /^["']?(heat_template_version|HeatTemplateFormatVersion|AWSTemplateFormatVersion)\b/m;
const WORKFLOW = /^["']?version["']?\s*:\s*["']?2/m;

/** Whether a directory is a suite of workflow documents: by its name, or none of its YAML is a template. */
export function holdsWorkflows(directory: string): boolean {
  if (basename(directory) === 'mistral') return true;
  const texts = filesIn(directory, /\.ya?ml$/).map((file) => readFileSync(file, 'utf8'));
  return !texts.some((text) => TEMPLATE.test(text)) && texts.some((text) => WORKFLOW.test(text));
}

/**
 * Every YAML file of a directory and those below it. What Mistral says of it is looked for beside it
 * (`NAME.expected.json`, `NAME.json`) and in any other JSON file that names it, as `{PATH: verdict}` or as a list of
 * `{path, ...}`; an entry may have the document itself, as `text` or `definition`. A verdict is true or false, a word, or
 * an object that has `valid`, `accepted` or `error`, or a state.
 */
export function workflowDocuments(directory: string): WorkflowDocument[] {
  const told = verdictsIn(directory);
  const files = filesIn(directory, /\.ya?ml$/).map((file) => {
    const name = relative(directory, file);
    const stem = name.replace(/\.ya?ml$/, '');
    const found = [`${stem}.expected`, stem, name, basename(name), basename(stem)].find((key) => told.has(key));
    return makeDocument(name, readFileSync(file, 'utf8'), told.get(found ?? ''));
  });
  const embedded = Array.from(told, ([name, entry]) => {
    const { text, definition, document } = (entry ?? {}) as Record<string, unknown>;
    const own = [text, definition, document].find((one) => typeof one === 'string');
    return own === undefined ? [] : [makeDocument(name, own as string, entry)];
  });
  return [...files, ...embedded.flat()];
}

function makeDocument(name: string, text: string, told: unknown): WorkflowDocument {
  return { name, kind: addressOf(name, text), text, accepted: verdict(told) };
}

export function accepts({ kind, text }: Pick<WorkflowDocument, 'kind' | 'text'>): boolean {
  return loadWorkflows(text, { kind: KINDS[kind] }).ok;
}

function filesIn(directory: string, pattern: RegExp): string[] {
  const names = readdirSync(directory, { recursive: true }) as string[];
  return names
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile());
}

function addressOf(name: string, text: string): Address {
  if (/(^|[/_-])workbooks?([/_.-]|$)/.test(name) || /^(workflows|actions)\s*:/m.test(text)) return 'workbooks';
  const isAction = /^\s+base\s*:/m.test(text) && !/^\s+tasks\s*:/m.test(text);
  return isAction ? 'actions' : 'workflows';
}

/** What JSON files tell, by the name of what they tell it of: their own, without `.json`, or names in them. */
function verdictsIn(directory: string): Map<string, unknown> {
  const verdicts = new Map<string, unknown>();
  for (const file of filesIn(directory, /\.jsonl?(\.gz)?$/)) {
    const bytes = readFileSync(file);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const content = /\.jsonl/.test(file) ? text.split('\n').filter(Boolean).map(parse) : parse(text);
    verdicts.set(relative(directory, file).replace(/\.jsonl?(\.gz)?$/, ''), content);
    for (const [name, one] of entriesOf(content)) verdicts.set(name, one);
  }
  return verdicts;
}

function entriesOf(content: unknown): [string, unknown][] {
  const list = Array.isArray(content) ? content : (content as { cases?: unknown } | null)?.cases;
  if (Array.isArray(list)) {
    return list.flatMap((one: Record<string, unknown> | null) => {
      const name = one?.path ?? one?.file ?? one?.name ?? one?.id;
      const { expected, ...rest } = one ?? {};
      const told = typeof expected === 'object' ? { ...rest, ...expected } : { ...rest, verdict: expected };
      return typeof name === 'string' ? [[name, told] as [string, unknown]] : [];
    });
  }
  return typeof content === 'object' && content !== null ? Object.entries(content) : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined: it does not say. */
function verdict(told: unknown): boolean | undefined {
  if (typeof told === 'boolean') return told;
  if (typeof told === 'string') {
    if (/^(accept|valid|ok|success)/i.test(told)) return true;
    return /^(refus|reject|invalid|error)/i.test(told) ? false : undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const one = told as Record<string, unknown>;
  const { valid, accepted, accept, ok, error, refused, invalid, state } = one;
  const yes = [valid, accepted, accept, ok].find((field) => typeof field === 'boolean');
  if (yes !== undefined) return yes as boolean;
  if (typeof one.verdict === 'boolean' || typeof one.verdict === 'string') return verdict(one.verdict);
  const no = [error, refused, invalid].find((field) => field !== undefined);
  if (no !== undefined) return no === null || no === false || no === '';
  return typeof state === 'string' ? true : undefined;
}
