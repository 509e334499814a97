import { isUtf8 } from 'node:buffer';
import * as say from '../diagnostics/cli.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ResolveFile } from '../stack/files.ts';
import type { SourceText } from '../yaml/source.ts';
import { absolutePath, pathOf, readBytes, readRegularFile, shownName } from './read-file.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const INPUT = '<stdin>';

/** Files as python-heatclient reads them from disk; nothing is ever fetched. */
export class SourceFiles {
  /** Every text that was read, by the name that diagnostics use. */
  readonly texts: Map<string, string> = new Map();
  /** What is wrong with files that the command line names. */
  readonly diagnostics: Diagnostic[] = [];
  readonly #terminal: Terminal;
  #inputRead = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * A file that the command line names; `-` is standard input.
   *
   * @throws UsageError when it can not be read.
   */
  async named(what: string, argument: string): Promise<SourceText> {
    if (argument === '-') {
      if (this.#inputRead) throw new UsageError(say.inputTwice());
      this.#inputRead = true;
      return this.#text(INPUT, Buffer.from(await this.#terminal.readInput()));
    }
    const path = absolutePath(argument, this.#terminal.cwd);
    const contents = readBytes(path);
    if (!contents.ok) throw new UsageError(say.fileUnreadable(what, argument, contents.reason));
    return this.#text(shownName(argument, this.#terminal.cwd), contents.bytes);
  }

  /** A file that a template or an environment refers to. */
  readonly resolve: ResolveFile = (reference, from) => {
    const { cwd } = this.#terminal;
    const found = pathOf(reference, from);
    if ('reason' in found) return found;
    let contents = readRegularFile(absolutePath(found.path, cwd));
    let name = found.path;
    // References are URLs to Heat: `a%20b` means `a b`.
    if (!contents.ok && found.path.includes('%')) {
      const decoded = percentDecoded(found.path);
      const second = decoded === undefined ? contents : readRegularFile(absolutePath(decoded, cwd));
      if (second.ok) {
        contents = second;
        name = decoded as string;
      }
    }
    if (!contents.ok) return { reason: contents.reason };
    const { bytes } = contents;
    const shown = shownName(name, cwd);
    const text = isUtf8(bytes) ? bytes.toString('utf8') : base64Lines(bytes);
    this.texts.set(shown, text);
    return { name: shown, text };
  };

  #text(name: string, bytes: Buffer): SourceText {
    const text = bytes.toString('utf8');
    this.texts.set(name, text);
    if (!isUtf8(bytes)) {
      // What is no UTF-8 is decoded as U+FFFD.
      const lines = text.slice(0, text.indexOf('\ufffd')).split('\n');
      this.diagnostics.push(say.notUtf8(name, lines.length, (lines.at(-1) as string).length + 1));
    }
    return { name, text };
  }
}

function percentDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** What python-heatclient sends of a file that is no text: Python's `base64.encodebytes`. */
function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{1,76}/g, '$&\n');
}
