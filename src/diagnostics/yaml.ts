import type { Diagnostic } from './diagnostic.ts';

/** Messages of `yaml/`: what is wrong with a text, before anyone looks at what it means. */
type Problem = Omit<Diagnostic, 'place' | 'related'>;

function refused(code: string, message: string, more: Partial<Problem> = {}): Problem {
  return { code, severity: 'error', message, heat: 'ValueError', stage: 'parse', ...more };
}

export function syntaxError(message: string, expected?: string, hint?: string): Problem {
  return refused('SYNTAX_ERROR', message, {
    ...(expected === undefined ? {} : { expected }),
    ...(hint === undefined ? {} : { hint }),
  });
}

export function badCharacter(code: number): Problem {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return refused('BAD_CHARACTER', `The character ${name} is not allowed in YAML.`, {
    expected: 'printable text',
    hint: `Remove it, or write it as an escape in double quotes. Binary data belongs in a file, or in base64 after !!binary.`,
  });
}

export function loneSurrogate(): Problem {
  return refused('BAD_CHARACTER', 'Half of a surrogate pair: this is not text that UTF-8 can hold.', {
    expected: 'whole characters',
    heat: 'UnicodeEncodeError',
  });
}

export function templateNotMapping(found: string): Problem {
  return refused('NOT_A_MAPPING', `The template is ${found}, not a mapping.`, {
    expected: 'a JSON object or a YAML mapping with heat_template_version',
  });
}

export function versionMissing(): Problem {
  return refused('VERSION_MISSING', 'The template does not say which version of the format it has.', {
    expected: 'heat_template_version, or HeatTemplateFormatVersion or AWSTemplateFormatVersion',
    hint: 'Begin with a line such as `heat_template_version: 2021-04-16`.',
  });
}

export function severalDocuments(): Problem {
  return refused('SEVERAL_DOCUMENTS', 'A second document starts here.', {
    expected: 'one document',
    hint: 'Remove the `---` line, or put the second document into a file of its own.',
  });
}

export function unknownAnchor(name: string): Problem {
  return refused('UNKNOWN_ANCHOR', `The alias *${name} names no anchor before it.`, {
    expected: `&${name} on an earlier value`,
    hint: 'A value that begins with * must be quoted when it is meant as text.',
  });
}

export function duplicateAnchor(name: string): Problem {
  return refused('DUPLICATE_ANCHOR', `The anchor &${name} is defined twice.`, { expected: 'each anchor once' });
}

/** Heat goes on and fails later, with whatever meets the endless value first. */
export function cyclicAlias(name: string): Problem {
  return refused('CYCLIC_ALIAS', `The alias *${name} stands inside the value that it names.`, {
    expected: 'a value that ends',
    heat: 'RecursionError',
  });
}

export function unhashableKey(found: string): Problem {
  return refused('UNHASHABLE_KEY', `A ${found} cannot be the key of a mapping.`, {
    expected: 'text, a number, a boolean or null',
    hint: 'Text that begins with { or [ must be quoted: "{{ name }}".',
  });
}

export function unknownTag(tag: string, what: string): Problem {
  return refused('UNKNOWN_TAG', `The tag ${tag} means nothing on a ${what} here.`, {
    expected: 'one of !!str !!int !!float !!bool !!null !!binary !!timestamp !!seq !!map !!set !!omap !!pairs',
    hint: 'A value that begins with ! must be quoted when it is meant as text.',
  });
}

export function badTagValue(tag: string, why: string, heat: string): Problem {
  return refused('BAD_TAG_VALUE', `This cannot be read as ${tag}: ${why}.`, { heat });
}

export function badNumber(why: string, heat: string): Problem {
  return refused('BAD_NUMBER', `This looks like a number and is none: ${why}.`, {
    heat,
    hint: 'Quote it when it is meant as text.',
  });
}

export function strayMergeKey(): Problem {
  return refused('BAD_MERGE', '<< stands where no key can stand.', {
    expected: '<< as the key of a mapping',
    hint: 'Quote it when it is meant as text: "<<".',
  });
}

export function strayEquals(): Problem {
  return refused('BAD_VALUE', 'A single = is a special value of YAML that Heat does not read.', {
    hint: 'Quote it when it is meant as text: "=".',
  });
}

export function badMergeSource(found: string): Problem {
  return refused('BAD_MERGE', `<< cannot merge a ${found}.`, { expected: 'a mapping or a list of mappings' });
}

export function badPairs(tag: string, found: string): Problem {
  return refused('BAD_TAG_VALUE', `An entry of ${tag} is ${found}.`, { expected: 'mappings of one entry each' });
}

export function tooLarge(size: number, limit: number): Problem {
  return {
    code: 'SIZE_LIMIT',
    severity: 'error',
    message: `The text has ${size} bytes, more than the limit of ${limit}.`,
    expected: `at most ${limit} bytes`,
    heat: 'RequestLimitExceeded',
    stage: 'parse',
  };
}

export function tooDeep(limit: number): Problem {
  return {
    code: 'DEPTH_LIMIT',
    severity: 'error',
    message: `Values are nested more than ${limit} levels deep.`,
    expected: `at most ${limit} levels`,
    stage: 'parse',
  };
}

export function tooManyNodes(limit: number): Problem {
  return {
    code: 'ALIAS_LIMIT',
    severity: 'error',
    message: `With its aliases written out, the document has more than ${limit} values.`,
    expected: `at most ${limit} values`,
    stage: 'parse',
  };
}

export function tooManyMergedKeys(limit: number): Problem {
  return {
    code: 'MERGE_LIMIT',
    severity: 'error',
    message: `Merge keys (<<) copy more than ${limit} entries.`,
    expected: `at most ${limit} entries`,
    stage: 'parse',
  };
}

export function tooMuchMemory(): Problem {
  return {
    code: 'SIZE_LIMIT',
    severity: 'error',
    message: 'A value of this text is too large to be held.',
    stage: 'parse',
  };
}

/** Heat takes the last of equal keys without a word. */
export function duplicateKey(key: string): Problem {
  return {
    code: 'DUPLICATE_KEY',
    severity: 'warning',
    message: `The key ${key} occurs twice in this mapping; the last one counts.`,
    expected: 'each key once',
  };
}
