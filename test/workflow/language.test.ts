import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkWorkflow } from '../../src/workflow/check-workflow.ts';
import { joinLibraries, loadWorkflows } from '../../src/workflow/language/load-workflows.ts';
import { standardActions } from '../../src/workflow/standard-actions.ts';
import { documentNames, readDocument } from './run-document.ts';

function problems(text: string): string[] {
  return loadWorkflows({ text, name: 'wf.yaml' }).diagnostics.map(
    ({ code, place }) => `${code} ${place?.line}:${place?.column}`,
  );
}

describe('everything wrong is told at once, with its place', () => {
  it('over several tasks and keys', () => {
    const text = `version: '2.0'
wf:
  tasks:
    a:
      acton: std.noop
      wait-before: soon
    b:
      publish: {x: '<% ( %>'}
      with-items: i of list
`;
    expect(problems(text)).toEqual([
      'WORKFLOW_KEY_UNKNOWN 5:7',
      'WORKFLOW_VALUE 6:20',
      'WORKFLOW_EXPRESSION 8:20',
      'WORKFLOW_WITH_ITEMS 9:19',
    ]);
  });

  it('the item of a list that is wrong, not the list', () => {
    expect(
      problems(
        "version: '2.0'\nwf:\n  tasks:\n    a: {on-success: [b, {c: 'true'}]}\n    b: {join: one}\n    c: {action: std.noop}\n",
      ),
    ).toEqual(['WORKFLOW_VALUE 4:25']);
  });

  it('names that were perhaps meant', () => {
    const loaded = loadWorkflows("version: '2.0'\nwf: {tasks: {build: {on-success: biuld}, b: {retires: 3}}}");
    expect(loaded.diagnostics.map(({ hint }) => hint)).toEqual([undefined]);
    const target = loadWorkflows("version: '2.0'\nwf: {tasks: {build: {action: std.noop}, b: {on-success: biuld}}}");
    expect(target.diagnostics.map(({ hint }) => hint)).toEqual(["Did you mean 'build'?"]);
  });
});

describe('what is surely not meant is a warning', () => {
  it.each([
    [
      'a transition that leads nowhere',
      '{a: {on-success: {b: <% true %>}}, b: {action: std.noop}}',
      'WORKFLOW_TRANSITION_LOST',
    ],
    [
      'a task that no transition can reach',
      '{a: {on-success: fail}, fail: {action: std.noop}}',
      'WORKFLOW_TASK_SHADOWED',
    ],
    ['a policy without effect', '{a: {on-success: b}, b: {join: all, wait-before: 5}}', 'WORKFLOW_POLICY_IGNORED'],
  ])('%s', (_, tasks, code) => {
    const loaded = loadWorkflows(`version: '2.0'\nwf: {tasks: ${tasks}}`);
    expect(loaded.ok).toBe(true);
    expect(loaded.diagnostics.map((one) => [one.severity, one.code])).toEqual([['warning', code]]);
  });

  it('a key that means nothing', () => {
    expect(problems("version: '2.0'\nwf: {outputs: {}, tasks: {a: {action: std.noop}}}")).toEqual([
      'WORKFLOW_KEY_IGNORED 2:6',
    ]);
  });

  it('tasks that wait for each other', () => {
    expect(
      problems(
        "version: '2.0'\nwf: {type: reverse, tasks: {a: {requires: b}, b: {requires: a}, c: {action: std.noop}}}",
      ),
    ).toEqual(['WORKFLOW_REQUIRES_CYCLE 2:21']);
  });
});

describe('what Mistral reads otherwise than anyone expects is refused', () => {
  it.each([
    ["version: '2.0'\nwf: {tasks: {a: &x {action: std.noop}}}", 'WORKFLOW_YAML_ANCHOR 2:17'],
    ["version: '2.0'\nwf: {tasks: {a: &x {action: std.noop}, b: *x}}", 'WORKFLOW_YAML_ANCHOR 2:17'],
    ["version: '2.0'\nwf: {tasks: {a: {on-success: {publish: {atomic: {x: 1}}}}}}", 'WORKFLOW_PUBLISH_ATOMIC 2:41'],
  ])('%j', (text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  it('but not what is text', () => {
    const text = `version: '2.0'
# see &this and *that
wf:
  tasks:
    a: {action: std.echo, input: {output: 'a &b *c'}}
    b: {action: "std.echo output='*'", description: x & y}
`;
    expect(problems(text)).toEqual([]);
  });
});

describe('before a workflow is run', () => {
  const load = (text: string): ReturnType<typeof joinLibraries>['library'] => {
    const loaded = loadWorkflows(text);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    return loaded.library;
  };

  it.each([
    ['an unknown action', 'wf: {tasks: {a: {action: std.ehco output=1}}}', 'WORKFLOW_ACTION_UNKNOWN'],
    [
      'one in a sub-workflow',
      'wf: {tasks: {a: {workflow: s}}}\ns: {tasks: {a: {action: no.such}}}',
      'WORKFLOW_ACTION_UNKNOWN',
    ],
    ['an unknown workflow', 'wf: {tasks: {a: {workflow: zz}}}', 'WORKFLOW_UNKNOWN'],
    ['an input that nobody gives', 'wf: {input: [a], tasks: {t: {action: std.noop}}}', 'WORKFLOW_INPUT_MISSING'],
    ['a reverse workflow without aim', 'wf: {type: reverse, tasks: {t: {action: std.noop}}}', 'WORKFLOW_TARGET_TASK'],
  ])('%s is a diagnostic', (_, body, code) => {
    const library = load(`version: '2.0'\n${body}`);
    const workflow = library.workflows.get('wf');
    expect(workflow && checkWorkflow(workflow, library, standardActions(), {}).map((one) => one.code)).toEqual([code]);
  });

  it.each([
    ['std.ehco', "Did you mean 'std.echo'?"],
    ['shop.buy', "Add it: actions.add('shop.buy', …)."],
    ['std.ssh', "It needs the package ssh2: actions.add('std.ssh', sshAction({ knownHosts }))."],
    ['std.email', "Mistral has it; here the host adds it: actions.add('std.email', …)."],
    ['std.js', "Mistral has it; here the host adds it: actions.add('std.js', …)."],
    ['std.javascript', "Mistral has it; here the host adds it: actions.add('std.javascript', …)."],
    ['std.ssh_proxied', "Mistral has it; here the host adds it: actions.add('std.ssh_proxied', …)."],
    ['nova.servers_create', "Mistral has it; here the host adds it: actions.add('nova.servers_create', …)."],
  ])('an action that there is not, %s, comes with a hint', (action, hint) => {
    const library = load(`version: '2.0'\nwf: {tasks: {a: {action: ${action}}}}`);
    const workflow = library.workflows.get('wf');
    const [problem] = workflow === undefined ? [] : checkWorkflow(workflow, library, standardActions(), {});
    expect([problem?.hint, problem?.place?.line]).toEqual([hint, 2]);
    // And is there once the host adds it.
    const actions = standardActions().add(action, () => null);
    expect(workflow && checkWorkflow(workflow, library, actions, {})).toEqual([]);
  });

  it('an ad-hoc action that is based on itself', () => {
    const library = load(
      "version: '2.0'\nname: w\nactions: {a: {base: w.b}, b: {base: w.a}}\nworkflows: {wf: {tasks: {t: {action: a}}}}",
    );
    const workflow = library.workflows.get('w.wf');
    expect(workflow && checkWorkflow(workflow, library, standardActions(), {}).map((one) => one.code)).toEqual([
      'WORKFLOW_ACTION_CYCLE',
    ]);
  });

  it('a name that two documents define', () => {
    const library = load("version: '2.0'\nwf: {tasks: {a: {action: std.noop}}}");
    expect(joinLibraries(library, library).diagnostics.map(({ code }) => code)).toEqual(['WORKFLOW_DEFINED_TWICE']);
  });
});

describe('any text is read without an exception', () => {
  const samples = documentNames().map((name) => readDocument(name).text);

  it('texts made of pieces', () => {
    const piece = fc.constantFrom(
      'version: ',
      "'2.0'",
      '\n',
      'wf:',
      ' ',
      '{',
      '}',
      '[',
      ']',
      'tasks: ',
      'a: ',
      'join: ',
      'all',
      '<% $.x %>',
      '{{ _.x }}',
      'on-success: ',
      '- ',
      'retry: ',
      'null',
      '1',
      ',',
      'workflows: ',
      'actions: ',
      'base: ',
      'x',
      'with-items: ',
      'i in ',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const loaded = loadWorkflows(pieces.join(''));
        expect(loaded.ok || loaded.diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('documents with a part taken out or put elsewhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(2000), fc.nat(60), fc.nat(2000), (text, from, length, to) => {
        const at = from % text.length;
        const rest = text.slice(0, at) + text.slice(at + length);
        const moved =
          rest.slice(0, to % (rest.length + 1)) + text.slice(at, at + length) + rest.slice(to % (rest.length + 1));
        for (const broken of [rest, moved]) {
          const loaded = loadWorkflows(broken);
          expect(loaded.ok || loaded.diagnostics.every(({ place }) => place !== undefined)).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });
});
