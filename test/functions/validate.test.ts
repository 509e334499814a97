import { expect, test } from 'vitest';
import { functionInvalid, functionRefused } from '../../src/diagnostics/functions.ts';
import { type FunctionProblem, parseExpression } from '../../src/functions/parse.ts';
import { expressionValidator } from '../../src/functions/validate.ts';
import { fromPlain } from '../../src/values/encode.ts';
import { fakeStack } from './fake-stack.ts';

const HOT = fakeStack(['heat_template_version', '2021-04-16']);

function problemsOf(snippet: unknown): FunctionProblem[] {
  const problems: FunctionProblem[] = [];
  const expression = parseExpression(fromPlain(snippet), HOT.context([]), ['x']);
  expressionValidator(HOT.validation, (problem) => problems.push(problem))(expression, ['x']);
  return problems;
}

test('everything wrong is found at once, each with its place', () => {
  const problems = problemsOf({
    removed: { Ref: 'target' },
    attribute: { get_attr: ['target', 'B'] },
    nested: { repeat: { template: { make_url: { unknown: 1 } }, for_each: ['x'] } },
    branch: { if: ['no', { Ref: 'x' }, { get_attr: ['target', 'B'] }] },
  });
  expect(problems.map(({ path, error }) => [path.join('.'), error.type])).toEqual([
    ['x.removed.Ref', 'InvalidTemplateVersion'],
    ['x.attribute.get_attr', 'InvalidTemplateAttribute'],
    ['x.nested.repeat.template.make_url', 'ValueError'],
    ['x.nested.repeat', 'TypeError'],
    ['x.branch.if.2.get_attr', 'InvalidTemplateAttribute'],
  ]);
  expect(new Set(problems.map(({ heat }) => heat))).toEqual(new Set(['StackValidationFailed']));
});

test('a problem becomes a diagnostic', () => {
  const place = { source: 't.yaml', line: 3, column: 5 };
  const locator = { locate: () => place };
  const [problem] = problemsOf({ get_attr: ['target', 'B'] }) as [FunctionProblem];
  expect(functionInvalid(locator, problem)).toEqual({
    code: 'FUNCTION_INVALID',
    severity: 'error',
    message: 'The resource target has no attribute B.',
    path: ['x', 'get_attr'],
    place,
    expected: 'get_attr: [resource], or [resource, attribute, key or index, ...]',
    heat: 'StackValidationFailed',
    stage: 'validate',
  });
  expect(functionRefused(locator, problem, 'template')).toMatchObject({
    code: 'FUNCTION_ARGUMENTS',
    stage: 'template',
  });
});
