import { expect, test, vi } from 'vitest';
import { chain, cli, terminalIn } from './fake-terminal.ts';

vi.mock('../../src/cli/validate-command.ts', () => ({
  validateCommand: () => {
    throw new TypeError('x is\nundefined');
  },
}));

test('a defect of the program is named as one, without a stack trace, with exit code 70', async () => {
  const { code, out, err } = await cli(['validate', 'a.yaml'], { 'a.yaml': chain('a') });
  expect(err).toContain('heat-task-graph: internal error: TypeError: x is\\nundefined\n');
  expect(err).toContain('Please report it');
  expect(err).not.toContain(' at ');
  expect({ code, out }).toEqual({ code: 70, out: '' });
});

test('HEAT_TASK_GRAPH_DEBUG shows where it happened', async () => {
  const terminal = terminalIn({ 'a.yaml': chain('a') });
  terminal.env.HEAT_TASK_GRAPH_DEBUG = '1';
  expect((await cli(['validate', 'a.yaml'], terminal)).err).toContain('internal-error.test.ts');
});
