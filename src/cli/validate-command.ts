import type { Diagnostic } from '../index.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readInput, validateTemplate } from './load-stack.ts';
import { diagnosticJson, report } from './report.ts';
import type { Terminal } from './terminal.ts';

interface Judged {
  readonly template: string;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** `heat-task-graph validate`: templates → everything that is wrong with them. */
export async function validateCommand(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const input = await readInput('validate', args, terminal);
  const judged: Judged[] = input.templates.map((template) => {
    const diagnostics = validateTemplate(input, template);
    return { template: template.name, ok: !diagnostics.some(isError), diagnostics };
  });
  const all = judged.flatMap(({ diagnostics }) => diagnostics);
  const good = judged.filter(({ ok }) => ok).length;
  if (args.value('format') === 'json') {
    const templates = judged.map((one) => ({ ...one, diagnostics: one.diagnostics.map(diagnosticJson) }));
    const errors = all.filter(isError).length;
    const document = { ok: good === judged.length, errors, warnings: all.length - errors, templates };
    terminal.out.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    report(all, input.files.texts, args, terminal);
    terminal.err.write(`${summary(good, judged)}\n`);
  }
  return good === judged.length ? EXIT.fine : EXIT.templateWrong;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function summary(good: number, judged: readonly Judged[]): string {
  if (judged.length === 1) return `${judged[0]?.template} is ${good === 1 ? 'fine' : 'wrong'}.`;
  return good === judged.length ? `All ${good} templates are fine.` : `${good} of ${judged.length} templates are fine.`;
}
