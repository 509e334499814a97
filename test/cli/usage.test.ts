import { describe, expect, test } from 'vitest';
import { chain, cli } from './fake-terminal.ts';

const FILES = { 'a.yaml': chain('a'), 'b.yaml': chain('b') };

describe('wrong usage is one line that names what is wrong, and exit code 64', () => {
  test.each([
    [[], 'a command is needed: graph, validate, plan, run'],
    [['grahp', 'a.yaml'], "there is no command 'grahp'. Did you mean 'graph'?"],
    [['deploy', 'a.yaml'], "there is no command 'deploy'. There are graph, validate, plan, run."],
    [['help', 'grahp'], "there is no command 'grahp'. Did you mean 'graph'?"],
    [['--verbose'], "heat-task-graph has no option '--verbose'"],
    [['graph', '--fromat', 'dot', 'a.yaml'], "graph has no option '--fromat'. Did you mean '--format'?"],
    [['graph', '-x', 'a.yaml'], "graph has no option '-x'"],
    [['graph', 'a.yaml', '--format'], '--format needs a value: --format json|dot|mermaid|svg|html'],
    [['graph', 'a.yaml', '--env'], '--env needs a value: --env FILE'],
    [['graph', 'a.yaml', '--env', '--format'], "--env needs a value, and '--format' looks like an option"],
    [['graph', 'a.yaml', '--accept-unknown-types=yes'], '--accept-unknown-types takes no value'],
    [['graph', 'a.yaml', '--format', 'jsno'], "--format can not be 'jsno', only json, dot, mermaid, svg, html"],
    [['graph', 'a.yaml', '--action', 'upgrade'], "--action can not be 'upgrade', only create, update, delete"],
    [['graph', 'a.yaml', '--action', 'update'], '--action update needs the --state of the stack'],
    [['graph', 'a.yaml', '--param', 'name'], "--param takes NAME=VALUE, not 'name'"],
    [['graph', 'a.yaml', '--param', '=x'], "--param takes NAME=VALUE, not '=x'"],
    [['graph'], 'graph needs a template: a file, or - for standard input'],
    [['graph', 'none.yaml'], "the template 'none.yaml' can not be read: there is no such file"],
    [['graph', '.'], "the template '.' can not be read: it is a folder"],
    [['graph', 'a.yaml/b'], "the template 'a.yaml/b' can not be read: a part of its path is no folder"],
    [['graph', 'a\0.yaml'], "the template 'a\\u{0}.yaml' can not be read: its name has a character"],
    [['graph', 'a.yaml', '--env', 'none.yaml'], "the environment 'none.yaml' can not be read: there is no such file"],
    [['graph', '-', '-'], 'standard input (-) can be read only once'],
    [['graph', 'a.yaml', 'b.yaml', '--format', 'svg'], 'several templates as svg need --output FOLDER'],
    [['graph', 'a.yaml', '--output', 'a.yaml/x.dot'], "'a.yaml/x.dot' can not be written"],
    [['run', 'a.yaml', 'b.yaml'], "run takes one template; 'b.yaml' is one too many"],
    [['run', 'a.yaml', '--concurrency', '0'], "--concurrency takes a whole number of at least 1, not '0'"],
    [['run', 'a.yaml', '--concurrency', '1e3'], "--concurrency takes a whole number of at least 1, not '1e3'"],
    [['run', 'a.yaml', '--seed', 'x'], "--seed takes a whole number of at least 0, not 'x'"],
    [['run', 'a.yaml', '--simulate-delay', '5:1'], '--simulate-delay takes two numbers of milliseconds'],
    [['run', 'a.yaml', '--simulate-delay', '5'], '--simulate-delay takes two numbers of milliseconds'],
    [['run', 'a.yaml', '--simulate-delay', '0:99999999999'], '--simulate-delay takes two numbers of milliseconds'],
    [['run', 'a.yaml', '--simulate-failure', 'aa'], "names no task of this graph: 'aa'. Did you mean 'a'?"],
    [['run', 'a.yaml', '--handlers', 'none.mjs'], "the handlers 'none.mjs' can not be loaded: "],
    [['run', 'a.yaml', '--handlers', 'h.mjs', '--seed', '1'], '--seed is for the simulated cloud'],
    [
      ['run', 'a.yaml', '--picture', 'x.png'],
      "--picture goes by the ending of the file: .svg, .html, .dot, .mmd, not 'x.png'",
    ],
    [['run', 'a.yaml', '--gantt', 'x.html'], "--gantt goes by the ending of the file: .svg, .mmd, not 'x.html'"],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await cli(argv, FILES);
    expect(err).toContain(message);
    expect(err).toMatch(/^heat-task-graph: [^\n]* \(see 'heat-task-graph [^\n]*--help'\)\n$/);
    expect({ code, out }).toEqual({ code: 64, out: '' });
  });

  test('nothing on the command line can steer the terminal', async () => {
    const { err } = await cli(['graph', '\u001b[2Jevil.yaml\u202e']);
    expect(err).toContain("'\\u{1b}[2Jevil.yaml\\u{202e}'");
  });
});

describe('help goes to standard output', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j names the commands and the exit codes', async (argv) => {
    const { code, out, err } = await cli(argv);
    for (const word of ['graph', 'validate', 'run', '64 wrong usage']) expect(out).toContain(word);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test.each(['graph', 'validate', 'run'])('of %s it names every option, on lines that fit', async (command) => {
    const { code, out } = await cli([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: heat-task-graph ${command} [OPTION]... TEMPLATE`);
    for (const option of ['--env', '--param', '--accept-unknown-types', '--color', '--help']) {
      expect(out).toContain(option);
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
    expect((await cli(['help', command])).out).toBe(out);
  });

  test('--version is that of the package', async () => {
    const { code, out } = await cli(['--version']);
    expect(out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    expect(code).toBe(0);
  });
});

describe('options may be written in every usual form', () => {
  const TEMPLATE =
    'heat_template_version: 2021-04-16\nparameters:\n  x: { type: string }\nresources:\n' +
    '  a: { type: "OS::Heat::Value", properties: { value: { get_param: x } } }\n';

  test.each([
    [['a.yaml', '--param', 'x=1=2'], '1=2'],
    [['--param=x=y', 'a.yaml'], 'y'],
    [['-p', 'x=', 'a.yaml'], ''],
    [['-px=-3', 'a.yaml'], '-3'],
    [['--param', 'x=semi;colon', '--', 'a.yaml'], 'semi;colon'],
  ])('%j', async (argv, value) => {
    const { code, out } = await cli(['graph', ...argv], { 'a.yaml': TEMPLATE });
    expect(code).toBe(0);
    expect(JSON.parse(out).scopes[0].parameters).toMatchObject({ x: value });
  });
});
