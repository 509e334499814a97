import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import * as say from '../diagnostics/parameters.ts';
import type { Template } from '../template/template.ts';
import { listHas, truthy } from '../values/equality.ts';
import { str } from '../values/text.ts';
import { isMap, typeName, type Value } from '../values/value.ts';

/** Checks that groups name parameters of the template, each once. Mirrors `heat.engine.parameter_groups`. */
export function validateParameterGroups(template: Template, report: (diagnostic: Diagnostic) => void): void {
  const { document, parameterGroups } = template;
  if (!truthy(parameterGroups)) return;
  const section = template.dialect.sections.parameterGroups as string;
  if (!Array.isArray(parameterGroups)) {
    report(say.groupsNotAList(document, [section], typeName(parameterGroups)));
    return;
  }
  const names = [...template.parameters.keys()].filter((key) => typeof key === 'string');
  const grouped: Value[] = [];
  parameterGroups.forEach((group: Value, index) => {
    const path = [section, index];
    if (!isMap(group)) {
      report(say.groupNotAMap(document, path, typeName(group)));
      return;
    }
    const members = group.get('parameters') ?? null;
    if (!Array.isArray(members)) {
      report(say.groupWithoutParameters(document, path, typeName(members)));
      return;
    }
    members.forEach((member: Value, place) => {
      const at = [...path, 'parameters', place];
      if (listHas(grouped, member)) report(say.groupedTwice(document, at, str(member)));
      else grouped.push(member);
      // Pseudo parameters are parameters too, but belong to no section.
      if (!template.parameters.has(member) && !isPseudo(member)) {
        report(say.groupedUnknown(document, at, str(member), names));
      }
    });
  });
}

function isPseudo(name: Value): boolean {
  return name === 'OS::stack_id' || name === 'OS::project_id';
}
