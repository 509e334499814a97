import { notEncodable, unknownAlgorithm, wrongCount, wrongType } from '../../diagnostics/functions.ts';
import { isList, typeName } from '../../values/value.ts';
import { evaluate } from '../evaluate.ts';
import type { FunctionDefinition } from '../expression.ts';
import { ALGORITHM_NAMES, hexDigest } from '../hash-algorithms.ts';
import { PythonError } from '../python-error.ts';

/** `digest: [algorithm, text]`: hexadecimal, of the text's Latin-1 bytes. Mirrors Digest. */
export const DIGEST: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'Digest',
  form: '[algorithm, text]',
  evaluate({ name, args }, runtime) {
    const list = evaluate(args, runtime);
    const texts = isList(list) ? list.filter((item) => typeof item === 'string') : [];
    if (!isList(list) || texts.length < list.length) {
      throw new PythonError('TypeError', wrongType(name, 'its arguments', 'a list of texts', typeName(list)));
    }
    const [algorithm, text] = texts;
    if (algorithm === undefined || text === undefined || texts.length > 2) {
      throw new PythonError('ValueError', wrongCount(name, 'an algorithm and a text', texts.length));
    }
    if (!ALGORITHM_NAMES.includes(algorithm.toLowerCase())) {
      throw new PythonError('ValueError', unknownAlgorithm(name, algorithm, ALGORITHM_NAMES));
    }
    return hexDigest(name, algorithm, () => latin1(name, text));
  },
});

function latin1(name: string, text: string): Uint8Array {
  return Uint8Array.from(text, (char) => {
    const code = char.codePointAt(0) as number;
    if (code > 0xff) throw new PythonError('UnicodeEncodeError', notEncodable(name, 'Latin-1'));
    return code;
  });
}
