import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/diagnostics/diagnostic.ts';
import { dumpJson } from '../../src/values/dump-json.ts';
import type { Value, ValueMap } from '../../src/values/value.ts';
import { type LoadedText, loadYaml } from '../../src/yaml/document.ts';

function load(text: string): LoadedText {
  const loaded = loadYaml({ text, name: 'a.yaml' });
  if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
  return loaded.document;
}

/** `line:column-line:column`, or `line:column` when the end is not known. */
function where(document: LoadedText, path: Path, part?: 'key' | 'value'): string | undefined {
  const place = document.locate(path, part);
  if (place === undefined) return undefined;
  const end = place.endLine === undefined ? '' : `-${place.endLine}:${place.endColumn}`;
  return `${place.line}:${place.column}${end}`;
}

const TEMPLATE = `
resources:
  net: {type: OS::Neutron::Net, tags: [a, "b"]}
  server:
    type: OS::Nova::Server
    depends_on:
    - net
    - other
    user_data: |
      echo
`;

describe('where a path stands', () => {
  const document = load(TEMPLATE);

  it('gives the value, from its first to after its last character', () => {
    expect(where(document, ['resources', 'server', 'type'])).toBe('5:11-5:27');
    expect(where(document, ['resources', 'net', 'tags', 1])).toBe('3:43-3:46');
    expect(where(document, ['resources', 'net'])).toBe('3:8-3:48');
    expect(where(document, ['resources', 'net', 'tags'])).toBe('3:39-3:47');
  });

  it('gives the key, or the item of a list', () => {
    expect(where(document, ['resources', 'server', 'type'], 'key')).toBe('5:5-5:9');
    expect(where(document, ['resources', 'server', 'depends_on', 1], 'key')).toBe('8:7-8:12');
    expect(where(document, ['resources'], 'key')).toBe('2:1-2:10');
  });

  it('names the source', () => {
    expect(document.locate([])?.source).toBe('a.yaml');
    const unnamed = loadYaml('a: 1');
    expect(unnamed.ok && unnamed.document.locate([])?.source).toBe('<template>');
  });

  it('gives the deepest ancestor of what does not exist', () => {
    expect(where(document, ['resources', 'server', 'nosuch', 'deeper'])).toBe(where(document, ['resources', 'server']));
    expect(where(document, ['resources', 'net', 'tags', 7])).toBe(where(document, ['resources', 'net', 'tags']));
    expect(where(document, ['resources', 'net', 'tags', 'a'])).toBe(where(document, ['resources', 'net', 'tags']));
    expect(where(document, ['nosuch'])).toBe(where(document, []));
  });

  it('knows nothing of an empty text', () => {
    expect(load('').locate(['a'])).toBeUndefined();
  });

  it('follows aliases to the value that they name', () => {
    const aliased = load('a: &x {b: 1}\nc: *x\n');
    expect(where(aliased, ['c'])).toBe('2:4-2:6');
    expect(where(aliased, ['c', 'b'])).toBe('1:11-1:12');
  });

  it('follows merge keys, own entries first, then the first of a list, then the later <<', () => {
    const merged = load('a: &a {k: 1, l: 2, m: 3}\nb: &b {l: 4, n: 5}\nc:\n  <<: [*a, *b]\n  m: 6\n');
    expect(where(merged, ['c', 'k'])).toBe('1:11-1:12');
    expect(where(merged, ['c', 'l'])).toBe('1:17-1:18');
    expect(where(merged, ['c', 'n'])).toBe('2:17-2:18');
    expect(where(merged, ['c', 'm'])).toBe('5:6-5:7');
    const twice = load('c: {<<: {k: 1}, <<: {k: 2}}\n');
    expect(where(twice, ['c', 'k'])).toBe('1:25-1:26');
  });

  it('finds keys that are no text, as Python compares them', () => {
    const keys = load('1: a\n2.5: b\ntrue: c\n~: d\n');
    expect(where(keys, [1])).toBe('3:7-3:8');
    expect(where(keys, [true])).toBe('3:7-3:8');
    expect(where(keys, [2.5])).toBe('2:6-2:7');
    expect(where(keys, [null])).toBe('4:4-4:5');
  });

  it('gives the last of equal keys: it is the one that counts', () => {
    expect(where(load('a: 1\nb: 2\na: 3\n'), ['a'])).toBe('3:4-3:5');
  });

  it('counts UTF-16 units, and lines by LF, CR LF or CR', () => {
    expect(where(load('"😀": {a: 1}\r\nb: 2\rc: 3\n'), ['😀', 'a'])).toBe('1:11-1:12');
    expect(where(load('"😀": {a: 1}\r\nb: 2\rc: 3\n'), ['c'])).toBe('3:4-3:5');
  });

  it('gives places of the text as it is where js-yaml needed it otherwise', () => {
    const loose = load('a:\n  b: [x,\ny,\n   z #c\n]#d\n  c: [-, w]\n');
    expect(where(loose, ['a', 'b', 1])).toBe('3:1-3:2');
    expect(where(loose, ['a', 'b', 2])).toBe('4:4-4:5');
    expect(where(loose, ['a', 'c', 1])).toBe('6:10-6:11');
  });

  it('works for JSON', () => {
    const json = load('{\n\t"a": {"b": [1, "\\ud83d", 1e3]}}');
    expect(where(json, ['a', 'b', 2])).toBe('2:27-2:30');
    expect(where(json, ['a'], 'key')).toBe('2:2-2:5');
    expect(where(json, ['a', 'b'])).toBe('2:13-2:31');
  });

  it('goes through a chain of merges of any length', () => {
    const maps = Array.from({ length: 3000 }, (_, i) =>
      i === 0 ? 'm0: &m0 {k: v}' : `m${i}: &m${i} {<<: *m${i - 1}}`,
    );
    expect(where(load(maps.join('\n')), ['m2999', 'k'])).toBe('1:13-1:14');
  });
});

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', '', '0', 'a.b', '<<'),
);
const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    name,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('tree')), { maxLength: 4 }).map((entries) => new Map(entries) as ValueMap),
  ),
}));

function* paths(value: Value, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  yield path;
  if (Array.isArray(value))
    for (const [i, item] of (value as readonly Value[]).entries()) yield* paths(item, [...path, i]);
  else if (value instanceof Map)
    for (const [key, item] of value as ValueMap) yield* paths(item, [...path, key as string]);
}

function at(value: Value, path: Path): Value {
  let current = value;
  for (const step of path)
    current = (Array.isArray(current) ? current[step as number] : (current as ValueMap).get(step as string)) as Value;
  return current;
}

/** JSON written over lines and with comments is YAML's flow style: `# ` makes JSON's reader refuse it. */
describe.each(['', '# YAML\n'])('of any document, after %j', (prefix) => {
  it('every node is found where its own text stands', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const text = prefix + dumpJson(value).replaceAll(', ', ',\n  ');
        const document = load(text);
        const lines = text.split('\n');
        for (const path of paths(value)) {
          const place = document.locate(path);
          expect(place).toBeDefined();
          if (place === undefined) continue;
          const { line, column, endLine = line, endColumn = column } = place;
          const cut = lines.slice(line - 1, endLine);
          cut[cut.length - 1] = (cut.at(-1) as string).slice(0, endColumn - 1);
          cut[0] = (cut[0] as string).slice(column - 1);
          expect(cut.join('\n')).toBe(dumpJson(at(value, path)).replaceAll(', ', ',\n  '));
        }
      }),
    );
  });
});
