import { describe, expect, test } from 'vitest';
import { type Answer, cli, type FakeTerminal, terminalIn } from './fake-terminal.ts';

const TEMPLATE = `heat_template_version: 2018-08-31
resources:
  net: {type: OS::Neutron::Net}
  server:
    type: OS::Nova::Server
    properties: {flavor: m1, image: i, networks: [{network: {get_resource: net}}]}
`;
const BREAKPOINTS = `resource_registry:
  resources:
    net: {hooks: pre-create}
    server: {hooks: [pre-create, post-create]}
`;
const HOOKS = `hooks:
  - {name: greet, at: post-create, select: server, workflow: greet, input: {who: {get_resource: $task}}}
workflows:
  greet:
    input: [who]
    output: {said: <% $.said %>}
    tasks: {say: {action: shop.say, input: {text: <% $.who %>}, publish: {said: <% task().result %>}}}
`;
const ACTIONS = `export default {
  'shop.say': { parameters: ['text'], run: (input) => 'hello ' + typeof input.get('text') },
};
`;
const FILES = {
  't.yaml': TEMPLATE,
  'env.yaml': BREAKPOINTS,
  'hooks.yaml': HOOKS,
  'actions.mjs': ACTIONS,
  'out.yaml': `${TEMPLATE}outputs:\n  said: {value: {get_attr: [greet, said]}}\n`,
};
const WITH_ACTIONS = ['--hooks', 'hooks.yaml', '--actions', 'actions.mjs'];

/** What was told of each task, without times. */
const told = (err: string): string[] =>
  err.split('\n').flatMap((line) => /^([A-Z]+) {2,}(\S+) {2}/.exec(line)?.slice(1, 3).join(' ') ?? []);

describe('run --hooks', () => {
  test('runs the workflows of a file, with actions of a module; outputs can refer to them', async () => {
    const { code, err } = await cli(['run', 'out.yaml', ...WITH_ACTIONS], FILES);
    expect(told(err)).toContain('COMPLETE server//greet');
    expect(err).toContain('said  hello string');
    expect(code).toBe(0);
  });

  test('what is wrong with the file is told with its place, and nothing is run', async () => {
    const files = { ...FILES, 'hooks.yaml': HOOKS.replace('workflow: greet,', 'workflow: gret,') };
    const { code, err } = await cli(['run', 't.yaml', ...WITH_ACTIONS], files);
    expect(err).toContain('error[HOOK_WORKFLOW_UNKNOWN]');
    expect(err).toContain('hooks.yaml:2:');
    expect(err).toContain("Did you mean 'greet'?");
    expect(err).not.toContain('COMPLETE');
    expect(code).toBe(1);
  });

  test('an action that nobody has is told before anything runs, in the line of the file', async () => {
    const { code, err } = await cli(['run', 't.yaml', '--hooks', 'hooks.yaml'], FILES);
    expect(err).toContain('error[WORKFLOW_ACTION_UNKNOWN]');
    expect(err).toContain('hooks.yaml:7:');
    expect(code).toBe(1);
  });

  test.each([
    ['export default 5;\n', "the module 'actions.mjs' has no actions"],
    ['export default { a: 5 };\n', "the module 'actions.mjs' has no actions"],
    ['throw new Error("broken");\n', "the actions 'actions.mjs' can not be loaded: broken"],
  ])('actions that are none: %j', async (text, expected) => {
    const { code, err } = await cli(['run', 't.yaml', ...WITH_ACTIONS], { ...FILES, 'actions.mjs': text });
    expect(err).toContain(expected);
    expect(code).toBe(64);
  });

  test('an environment may name a workflow of a file of hooks or of --workflows, and one of a file beside it', async () => {
    const hook = (workflow: string): string =>
      `resource_registry: {resources: {server: {hooks: {post-create: {name: told, workflow: ${workflow}}}}}}\n`;
    const tell = 'version: 2.0\ntell: {tasks: {say: {action: std.echo output="x"}}}\n';
    const hooks = `workflows:\n  tell: {tasks: {say: {action: std.echo output="x"}}}\n`;
    const files = {
      ...FILES,
      'by-name.yaml': hook('tell'),
      'env/by-file.yaml': hook('{file: ../tell.yaml}'),
      'tell.yaml': tell,
      'h.yaml': hooks,
    };
    for (const argv of [
      ['-e', 'by-name.yaml', '--hooks', 'h.yaml'],
      ['-e', 'by-name.yaml', '--workflows', 'tell.yaml'],
      ['-e', 'env/by-file.yaml'],
    ]) {
      const { code, err } = await cli(['run', 't.yaml', ...argv], files);
      expect(told(err)).toContain('COMPLETE server//told');
      expect(code).toBe(0);
    }
  });

  test('graph shows hooks, validate judges them', async () => {
    const drawn = await cli(['graph', 't.yaml', '-e', 'env.yaml', '--format', 'dot', ...WITH_ACTIONS], FILES);
    expect(drawn.out).toContain('greet');
    expect(drawn.out).toContain('server//pre-create');
    expect((await cli(['validate', 't.yaml', ...WITH_ACTIONS], FILES)).code).toBe(0);
    const judged = await cli(['validate', 't.yaml', '--hooks', 'hooks.yaml', '--format', 'json'], FILES);
    expect(JSON.parse(judged.out)).toMatchObject({
      ok: false,
      templates: [{ diagnostics: [{ code: 'WORKFLOW_ACTION_UNKNOWN' }] }],
    });
    expect(judged.code).toBe(1);
  });
});

describe('with a state', () => {
  const terminal = (): FakeTerminal =>
    terminalIn({
      ...FILES,
      'env/all.yaml': `resource_registry:
  resources:
    server: {hooks: [pre-delete, {pre-delete: {name: told, workflow: {file: ../tell.yaml}}}]}
`,
      'tell.yaml': 'version: 2.0\ntell: {tasks: {say: {action: std.echo output="x"}}}\n',
    });

  test('hooks of the environments that the stack was made with hold for its deletion, workflows in files too', async () => {
    const where = terminal();
    const made = await cli(['run', 't.yaml', '-e', 'env/all.yaml', '--state', 'state.json'], where);
    expect(made.code).toBe(0);
    where.err.text = '';
    const gone = await cli(['run', '--action', 'delete', '--state', 'state.json', '--clear-breakpoints'], where);
    expect(told(gone.err)).toEqual([
      'COMPLETE server//pre-delete',
      'LOG server//told',
      'COMPLETE server//told',
      'COMPLETE server',
      'COMPLETE net',
    ]);
    expect(gone.code).toBe(0);
  });

  test('those of the command line stand in for them', async () => {
    const where = terminal();
    await cli(['run', 't.yaml', '-e', 'env/all.yaml', '--state', 'state.json'], where);
    where.err.text = '';
    const gone = await cli(['run', '--action', 'delete', '-e', 'env.yaml', '--state', 'state.json'], where);
    expect(told(gone.err)).toEqual(['COMPLETE server', 'COMPLETE net']);
    expect(gone.code).toBe(0);
  });
});

describe('run --mistral', () => {
  const job = `heat_template_version: 2018-08-31
resources:
  job:
    type: OS::Mistral::ExternalResource
    properties: {input: {who: ops}, actions: {CREATE: {workflow: greet}}}
outputs:
  said: {value: {get_attr: [job, output, said]}}
`;

  test('runs the workflows of such resources; without it they are simulated', async () => {
    const files = { ...FILES, 'job.yaml': job, 'h.yaml': HOOKS.replace(/^ {2}- .*$/m, '') };
    const argv = ['run', 'job.yaml', '--hooks', 'h.yaml', '--actions', 'actions.mjs'];
    expect((await cli([...argv, '--mistral'], files)).err).toContain('said  hello string');
    expect((await cli(argv, files)).err).not.toContain('hello');
  });

  test('later runs tell workflows what the earlier ones gave, and know them when everything goes', async () => {
    const where = terminalIn({
      'job.yaml': `heat_template_version: 2018-08-31
parameters: {who: {type: string, default: a}}
resources:
  wf:
    type: OS::Mistral::Workflow
    properties:
      name: wf
      type: direct
      input: {who: x}
      output: {told: <% $.told %>}
      tasks: [{name: t, action: say, input: {text: '<% $.who %> <- <% env().get(heat_extresource_data).get(told) %>'}, publish: {told: <% task().result %>}}]
  job:
    type: OS::Mistral::ExternalResource
    properties:
      input: {who: {get_param: who}}
      actions: {CREATE: {workflow: {get_resource: wf}, params: {env: {heat_extresource_data: {told: nothing}}}}, UPDATE: {workflow: {get_resource: wf}}, DELETE: {workflow: {get_resource: wf}}}
`,
      'actions.mjs':
        "export default { say: (input) => { globalThis.said = (globalThis.said ?? []).concat(input.get('text')); return input.get('text'); } };\n",
    });
    const common = ['--mistral', '--actions', 'actions.mjs', '--state', 'state.json'];
    expect((await cli(['run', 'job.yaml', ...common], where)).code).toBe(0);
    expect((await cli(['run', 'job.yaml', '-p', 'who=b', ...common], where)).code).toBe(0);
    expect((await cli(['run', '--action', 'delete', ...common], where)).code).toBe(0);
    expect((globalThis as { said?: string[] }).said).toEqual([
      'a <- nothing',
      'b <- a <- nothing',
      'b <- b <- a <- nothing',
    ]);
  });
});

describe('at a breakpoint', () => {
  const argv = ['run', 't.yaml', '-e', 'env.yaml'];

  test('nobody can be asked: refused before anything runs', async () => {
    const { code, err } = await cli(argv, FILES);
    expect(err).toContain("the run would wait at 'net//pre-create'");
    expect(err).toContain('--clear-breakpoints');
    expect(err).not.toContain('COMPLETE');
    expect(code).toBe(64);
  });

  test('with the template on standard input neither', async () => {
    const terminal = terminalIn(FILES);
    terminal.input = TEMPLATE;
    terminal.inputIsTerminal = true;
    terminal.err.isTerminal = true;
    expect((await cli(['run', '-', '-e', 'env.yaml'], terminal)).code).toBe(64);
  });

  test('--clear-breakpoints goes on', async () => {
    const { code, err } = await cli([...argv, '--clear-breakpoints'], FILES);
    expect(told(err)).toEqual([
      'COMPLETE net//pre-create',
      'COMPLETE net',
      'COMPLETE server//pre-create',
      'COMPLETE server',
      'COMPLETE server//post-create',
    ]);
    expect(code).toBe(0);
  });

  /** Types lines as soon as somebody reads them. */
  function asked(lines: (task: string) => string, live: boolean): FakeTerminal {
    const terminal = terminalIn(FILES);
    terminal.inputIsTerminal = true;
    terminal.err.isTerminal = true;
    if (!live) terminal.env.TERM = 'dumb';
    const seen = new Set<string>();
    terminal.err.onWrite = (text) => {
      for (const [, task = ''] of text.matchAll(/(?:WAITING +|Waiting at )(\S+?):? +press Enter/g)) {
        if (seen.has(task)) continue;
        seen.add(task);
        queueMicrotask(() => terminal.type(lines(task)));
      }
    };
    return terminal;
  }

  test.each([
    ['Enter alone', () => ''],
    ['its name', (task: string) => task],
    ['all', () => 'all'],
  ])('who sits at the terminal is asked, and answers with %s', async (_, lines) => {
    const { code, err } = await cli(argv, asked(lines, false));
    expect(err).toContain('WAITING    net//pre-create      press Enter to go on');
    expect(told(err).filter((one) => one.startsWith('COMPLETE'))).toHaveLength(5);
    expect(code).toBe(0);
  });

  test('the same below a display that is redrawn', async () => {
    const { code, err } = await cli(
      argv,
      asked(() => '', true),
    );
    expect(err).toContain('Waiting at server//post-create: press Enter to go on.');
    expect(code).toBe(0);
  });

  test('several at once are named, and each can be cleared', async () => {
    const terminal = terminalIn({
      ...FILES,
      'env.yaml': "resource_registry: {resources: {'*': {hooks: pre-create}}}\n",
      't.yaml':
        'heat_template_version: 2018-08-31\nresources: {a: {type: OS::Neutron::Net}, b: {type: OS::Neutron::Net}}\n',
    });
    terminal.inputIsTerminal = true;
    terminal.err.isTerminal = true;
    let answered = 0;
    terminal.err.onWrite = (text) => {
      if (text.includes('Waiting at 2 breakpoints') && answered === 0) {
        answered = 1;
        queueMicrotask(() => terminal.type('nope'));
        queueMicrotask(() => terminal.type('b//pre-create'));
      }
      if (text.includes('Waiting at a//pre-create:') && answered === 1) {
        answered = 2;
        queueMicrotask(() => terminal.type(''));
      }
    };
    const { code, err } = await cli(argv, terminal);
    expect(err).toContain("'nope' is no breakpoint that is waiting. Waiting: a//pre-create, b//pre-create.");
    expect(code).toBe(0);
  });

  test('Ctrl+C ends what waits', async () => {
    const terminal = terminalIn(FILES);
    terminal.out.onWrite = (text) => {
      if (text.includes('"task-paused"')) queueMicrotask(() => terminal.interrupt());
    };
    const { code, out } = await cli([...argv, '--format', 'json'], terminal);
    expect(out).toContain('"status":"CANCELLED"');
    expect(code).toBe(2);
  });

  async function withLines(...lines: string[]): Promise<Answer> {
    const terminal = terminalIn(FILES);
    terminal.out.onWrite = (text) => {
      if (!text.includes('"task-paused"') || !text.includes('net//')) return;
      queueMicrotask(() => {
        for (const line of lines) terminal.type(line);
        terminal.endInput();
      });
    };
    return cli([...argv, '--format', 'json'], terminal);
  }

  test('programs clear with lines on standard input, also what is not reached yet', async () => {
    const { code, out } = await withLines(
      'clear net//pre-create',
      'clear server//post-create',
      'clear server//pre-create',
    );
    expect(out).toContain('"type":"task-paused"');
    expect(code).toBe(0);
  });

  test('what programs write otherwise is told, and the run ends when nobody is left to clear', async () => {
    const { code, err, out } = await withLines('go on', '', 'clear nothing', 'clear net//pre-create');
    expect(err).toContain("'go on' is not understood: write 'clear ID'");
    expect(err).toContain("'nothing' is no breakpoint that is waiting.");
    expect(err).toContain("nobody is left to clear 'server//pre-create'");
    expect(out).toContain('"status":"CANCELLED"');
    expect(code).toBe(2);
  });
});
