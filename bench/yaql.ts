/**
 * Every expression of the conformance suite (without the suite: of our fixtures), parsed and evaluated as a host does
 * that meets it for the first time, against Python's own YAQL in the same run: the processor time of the same work, each in
 * a process of its own, starting up not counted. Several rounds, because a service evaluates more than once: the first
 * includes warming up. Measures `dist`: build first. Goes on without python3-yaql, and says so.
 *
 *     npm run bench -- yaql
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SHARED = new URL('../../shared/conformance/yaql/cases.json', import.meta.url);
const FIXTURES = new URL('../fixtures/yaql/', import.meta.url);
const CONTENDER = fileURLToPath(new URL('yaql-contender.mjs', import.meta.url));
const ROUNDS = 8;
const TARGET = 10;

interface Case {
  readonly engine?: string;
  readonly expression: string;
  readonly data: unknown;
  readonly error?: { readonly type: string };
}

const PYTHON = `
import json, os, sys, time, warnings
os.environ['TZ'] = 'UTC'
warnings.simplefilter('ignore')
try:
    import yaql
except ImportError:
    print('absent')
    sys.exit()
cases = json.load(sys.stdin)
engines = {
    'hot': yaql.YaqlFactory().create({'yaql.limitIterators': 200, 'yaql.memoryQuota': 10000}),
    'plain': yaql.YaqlFactory().create(),
}
root = yaql.create_context()
mistral = root.create_child_context()
def register(f, name): mistral.register_function(f, name=name)
current = {}
register(lambda: current.get('__env'), 'env')
register(lambda: current.get('__execution'), 'execution')
register(lambda name=None: current.get('__task') if name is None else current.get('__tasks', {}).get(name), 'task')
register(lambda id=None, recursive=None, state=None, flat=None: list(current.get('__tasks', {}).values()), 'tasks')
register(lambda name: current.get('__global', {}).get(name), 'global')
took = []
for _ in range(${ROUNDS}):
    started = time.process_time()
    for case in cases:
        kind = case.get('engine')
        engine = engines['hot' if kind is None else 'plain']
        data = {'data': case['data']} if kind is None else case['data']
        current = data if isinstance(data, dict) else {}
        try:
            engine(case['expression']).evaluate(data=data, context=(mistral if kind == 'mistral' else root).create_child_context())
        except Exception:
            pass
    took.append((time.process_time() - started) * 1000)
print(json.dumps(took))
`;

function load(): Case[] {
  if (existsSync(SHARED)) {
    const { cases } = JSON.parse(readFileSync(SHARED, 'utf8')) as { cases: Case[] };
    // Python does not answer the endless ones.
    return cases.filter((one) => one.error?.type !== 'DoesNotEnd');
  }
  return readdirSync(FIXTURES).flatMap((file) => {
    const { data, cases } = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8')) as {
      data: unknown;
      cases: Case[];
    };
    return cases.map((one) => ({ ...one, engine: 'plain', data }));
  });
}

function rounds(command: string, args: string[], input: unknown): number[] | undefined {
  const { status, stdout } = spawnSync(command, args, { input: JSON.stringify(input), encoding: 'utf8' });
  const text = stdout?.trim() ?? '';
  return status === 0 && text.startsWith('[') ? (JSON.parse(text) as number[]) : undefined;
}

const cases = load();
const each = (ms: number): string => `${ms.toFixed(1)} ms (${((ms * 1000) / cases.length).toFixed(0)} us each)`;
const work = cases.map(({ engine, expression, data }) => ({
  expression,
  data: engine === undefined ? { data } : data,
  options: engine === undefined ? { limitIterators: 200, memoryQuota: 10000 } : {},
  mistral: engine === 'mistral',
}));
const ours = rounds(process.execPath, [CONTENDER], { cases: work, rounds: ROUNDS });
if (ours === undefined) throw new Error('the built package could not be measured: npm run build');
console.log(`${cases.length} expressions, parsed and evaluated; processor time`);
console.log(`heat-task-graph   first round ${each(ours[0] as number)}, best ${each(Math.min(...ours))}`);
const theirs = rounds('/usr/bin/python3', ['-c', PYTHON], cases);
if (theirs === undefined) {
  console.log('python3-yaql      not here (Debian: apt-get install python3-yaql), so no ratio');
} else {
  console.log(`python3-yaql      first round ${each(theirs[0] as number)}, best ${each(Math.min(...theirs))}`);
  const first = (theirs[0] as number) / (ours[0] as number);
  const best = Math.min(...theirs) / Math.min(...ours);
  console.log(`ratio             first round ${first.toFixed(1)}, best ${best.toFixed(1)} (target ${TARGET})`);
}
