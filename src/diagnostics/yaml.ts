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
  return refused('NOT_A_MAPPING', `The template is a ${kind(found)}, not a mapping.`, {
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

const KINDS: Readonly<Record<string, string>> = {
  dict: 'mapping',
  str: 'text',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  NoneType: 'null',
  bytes: 'binary value',
};

/** Python's name of a type, in words of YAML. */
function kind(typeName: string): string {
  return KINDS[typeName] ?? typeName;
}

export function unhashableKey(found: string): Problem {
  return refused('UNHASHABLE_KEY', `A ${kind(found)} cannot be the key of a mapping.`, {
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
  return refused('BAD_MERGE', `<< cannot merge a ${kind(found)}.`, { expected: 'a mapping or a list of mappings' });
}

export function badPairs(tag: string, found: string): Problem {
  return refused('BAD_TAG_VALUE', `An entry of ${tag} is ${kind(found)}.`, { expected: 'mappings of one entry each' });
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

export function tooManySeparators(limit: number): Problem {
  return {
    code: 'NODE_LIMIT',
    severity: 'error',
    message: `The text has more than ${limit} lines, commas and brackets.`,
    expected: `at most ${limit}`,
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

export function tabIndents(): Problem {
  return syntaxError('A tab cannot indent.', 'spaces', 'Replace the tab by spaces.');
}

export function unclosedQuote(quote: string): Problem {
  return syntaxError(
    `The quote ${quote} that opens here is never closed.`,
    `a closing ${quote}`,
    quote === "'"
      ? "Inside single quotes a quote is written twice: ''."
      : String.raw`Inside double quotes a quote is written \".`,
  );
}

export function unclosedBracket(): Problem {
  return syntaxError(
    'The bracket that opens here is never closed.',
    'a closing bracket',
    'Text that begins with [ or { must be quoted.',
  );
}

export function commaExpected(): Problem {
  return syntaxError(
    'Inside [] and {}, a comma or the closing bracket is expected here.',
    "',' or the closing bracket",
    'Text that begins with [ or { must be quoted, such as "{{ name }}".',
  );
}

export function badEscape(found: string): Problem {
  return syntaxError(
    `${found} is not an escape of YAML.`,
    String.raw`one of \0 \a \b \t \n \v \f \r \e \" \/ \\ \N \_ \L \P \xNN \uNNNN \UNNNNNNNN`,
    String.raw`In single quotes a backslash is only a backslash; in double quotes write \\.`,
  );
}

export function badBlockHeader(): Problem {
  return syntaxError(
    'This cannot stand after | or >.',
    '+ or -, a digit from 1 to 9, a comment, or the end of the line',
    'Text that begins with | or > must be quoted.',
  );
}

export function badAnchor(): Problem {
  return syntaxError(
    'This is not the name of an anchor or alias, or it stands where none can.',
    'letters, digits, - and _',
    'Text that begins with & or * must be quoted.',
  );
}

export function badTag(): Problem {
  return syntaxError('This is not a tag.', 'such as !!str', 'Text that begins with ! must be quoted.');
}

export function colonOnNextLine(): Problem {
  return syntaxError("This ':' is on another line than its key.", "the key and its ':' on one line");
}

export function badDirective(): Problem {
  return syntaxError(
    'This directive cannot be read.',
    '%YAML 1.1 or %TAG !handle! prefix, and then a line ---',
    'Text that begins with % must be quoted.',
  );
}

export function cannotBegin(char: string): Problem {
  const name = char === '\t' ? 'a tab' : char;
  return syntaxError(
    `A value cannot begin with ${name} here.`,
    'text or quotes',
    `Quote text that begins with ${name}.`,
  );
}

export function colonBefore(next: string): Problem {
  return syntaxError(
    `Inside [] and {}, text cannot have ':' directly before '${next}'.`,
    "a blank after ':'",
    'Quote the text when the colon is part of it.',
  );
}

export function colonNotAllowed(): Problem {
  return syntaxError(
    "A second ':' makes a key of the text before it, where no key can stand.",
    'one key on a line',
    "Quote the text when ': ' is part of it, or check the indentation of this line and the one before.",
  );
}

/** `glued`: what the line before begins with, when a blank is missing after its colon. */
export function lineContinues(glued?: string): Problem {
  return syntaxError(
    "This line goes on with the text of the line before, where no key can stand; its ':' makes one.",
    'a key in the column of its neighbours',
    glued === undefined
      ? 'Check the indentation of this line and the one before.'
      : `Write a blank after ${glued} in the line before.`,
  );
}

export function colonExpected(text: string): Problem {
  const glued = /^[^\s:]+:(?=\S)/.exec(text)?.[0];
  return syntaxError(
    "There is no ': ' here, so this is no key.",
    'a key, a colon and a blank',
    glued === undefined ? 'Check the indentation: this line is level with keys.' : `Write a blank after ${glued}`,
  );
}

export function keyMissing(): Problem {
  return syntaxError("There is no key before this ':'.", 'a key', 'A key that is empty is written "".');
}

export function keyTooLong(limit: number): Problem {
  return syntaxError(
    `A key cannot be longer than ${limit} characters.`,
    "':' earlier",
    "Write it as an explicit key: '? ' before it, and ':' on the next line.",
  );
}

export function textAfterValue(): Problem {
  return syntaxError(
    'The value before this is complete: nothing can follow it on this line.',
    'the end of the line',
    'Quote the whole text when the quotes or brackets are part of it.',
  );
}

/** `glued`: what the line before begins with, when a blank is missing after its colon. */
export function badIndentation(glued?: string): Problem {
  return syntaxError(
    'The indentation of this line is that of no mapping or list around it.',
    'the indentation of its neighbours',
    glued === undefined
      ? 'Entries of one mapping or list begin in the same column.'
      : `Write a blank after ${glued} in the line before.`,
  );
}

export function valueExpected(): Problem {
  return syntaxError('A document cannot begin with its end marker.', 'a value before the line ...');
}
