import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadJson } from '../../src/values/load-json.ts';
import { isMap, type Value, type ValueMap } from '../../src/values/value.ts';

/** A template and what the real Heat makes of it. */
export interface Case {
  readonly name: string;
  /** Path of the template. */
  readonly template: string;
  readonly environments: readonly string[];
  /** Values given on the oracle's command line. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What is done with the stack. Default: it is created. */
  readonly action?: 'update' | 'delete';
  /** Of an update: path of the template that the stack has. */
  readonly old?: string;
  readonly expected: ValueMap;
  /** Paths into the expectation that depend on Python's hash seed. */
  readonly unstable: readonly string[];
}

/** The cases of a directory in one of the forms of the conformance suites; undefined where it has none. */
export function readCases(directory: string): Case[] | undefined {
  const list = join(directory, 'expected.jsonl.gz');
  if (existsSync(list)) return readList(directory, gunzipSync(readFileSync(list)).toString('utf8'));
  const names = readdirSync(directory).sort();
  const pairs = names.filter((name) => name.endsWith('.expected.json'));
  const updates = names.filter((name) => existsSync(join(directory, name, 'expected.json')));
  if (pairs.length + updates.length === 0) return undefined;
  return [...pairs.map((name) => readPair(directory, name)), ...updates.map((name) => readUpdate(directory, name))];
}

function readList(directory: string, text: string): Case[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const entry = loadJson(line) as ValueMap;
      const path = entry.get('path') as string;
      const env = entry.get('env') ?? [];
      return {
        name: path,
        template: join(directory, path),
        environments: (Array.isArray(env) ? env : [env]).map((name) => join(directory, name as string)),
        parameters: new Map(),
        expected: entry.get('expected') as ValueMap,
        unstable: texts(entry.get('unstable') ?? (entry.get('expected') as ValueMap).get('unstable')),
      };
    });
}

function readPair(directory: string, name: string): Case {
  const base = name.slice(0, -'.expected.json'.length);
  const template = ['.yaml', '.template', '.json', '.yml']
    .map((ending) => join(directory, base + ending))
    .find((path) => existsSync(path));
  if (template === undefined) throw new Error(`${join(directory, name)} has no template beside it`);
  const expected = loadJson(readFileSync(join(directory, name), 'utf8')) as ValueMap;
  return {
    name: base,
    template,
    ...options(template),
    expected,
    unstable: texts(expected.get('unstable')),
  };
}

/** A folder with `old.yaml`, `new.yaml` and `expected.json`. */
function readUpdate(directory: string, name: string): Case {
  const folder = join(directory, name);
  const template = join(folder, 'new.yaml');
  const expected = loadJson(readFileSync(join(folder, 'expected.json'), 'utf8')) as ValueMap;
  return {
    name,
    template,
    ...options(template),
    action: 'update',
    old: join(folder, 'old.yaml'),
    expected,
    unstable: texts(expected.get('unstable')),
  };
}

/** The `# oracle:` lines at the top of a template. */
function options(template: string): Pick<Case, 'environments' | 'parameters' | 'action' | 'old'> {
  const traversal: { action?: 'update' | 'delete'; old?: string } = {};
  const environments: string[] = [];
  const parameters = new Map<string, string>();
  for (const line of readFileSync(template).toString('utf8').split('\n')) {
    if (!line.startsWith('#')) break;
    const words = /^# oracle:(.*)$/.exec(line)?.[1]?.trim().split(/\s+/) ?? [];
    words.forEach((word, index) => {
      const next = words[index + 1] ?? '';
      if (word === '--env') environments.push(join(dirname(template), next));
      if (word === '--action' && (next === 'update' || next === 'delete')) traversal.action = next;
      if (word === '--old') traversal.old = join(dirname(template), next);
      if (word === '--params') parameters.set(next.slice(0, next.indexOf('=')), next.slice(next.indexOf('=') + 1));
    });
  }
  return { environments, parameters, ...traversal };
}

function texts(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function mapAt(map: ValueMap | undefined, key: string): ValueMap | undefined {
  const value = map?.get(key);
  return isMap(value) ? value : undefined;
}
