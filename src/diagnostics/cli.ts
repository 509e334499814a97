import type { Diagnostic } from './diagnostic.ts';
import { didYouMean } from './suggest.ts';

/** Messages of the command line. What is wrong with its arguments is one line of text. */

export function commandMissing(known: readonly string[]): string {
  return `a command is needed: ${known.join(', ')}`;
}

export function commandUnknown(name: string, known: readonly string[]): string {
  return withHint(`there is no command '${name}'`, didYouMean(name, known).hint ?? `There are ${known.join(', ')}.`);
}

export function optionUnknown(written: string, command: string, known: readonly string[]): string {
  return withHint(`${command} has no option '${written}'`, didYouMean(written, known).hint);
}

export function optionNeedsValue(option: string, placeholder: string): string {
  return `--${option} needs a value: --${option} ${placeholder}`;
}

export function optionTakesNoValue(option: string): string {
  return `--${option} takes no value`;
}

export function valueLooksLikeOption(option: string, value: string): string {
  return `--${option} needs a value, and '${value}' looks like an option: write --${option}=${value} if it is meant`;
}

export function choiceUnknown(option: string, value: string, choices: readonly string[]): string {
  return withHint(`--${option} can not be '${value}', only ${choices.join(', ')}`, didYouMean(value, choices).hint);
}

export function numberInvalid(option: string, value: string, least: number): string {
  return `--${option} takes a whole number of at least ${least}, not '${value}'`;
}

export function delayInvalid(value: string): string {
  return `--simulate-delay takes two numbers of milliseconds, the lower one first, as in 100:500, not '${value}'`;
}

export function parameterInvalid(value: string): string {
  return `--param takes NAME=VALUE, not '${value}'`;
}

export function templateNotNamed(command: string): string {
  return `${command} needs a template: a file, or - for standard input`;
}

export function tooManyTemplates(command: string, second: string): string {
  return `${command} takes one template; '${second}' is one too many`;
}

export function inputTwice(): string {
  return 'standard input (-) can be read only once';
}

export function fileUnreadable(what: string, name: string, reason: string): string {
  return `the ${what} '${name}' can not be read: ${reason}`;
}

export function fileUnwritable(name: string, reason: string): string {
  return `'${name}' can not be written: ${reason}`;
}

export function notDrawn({ message, hint }: Diagnostic): string {
  return withHint(message.replace(/\.$/, ''), hint);
}

export function manyPictures(format: string): string {
  return `several templates as ${format} need --output FOLDER`;
}

export function sameOutput(first: string, second: string, file: string): string {
  return `'${first}' and '${second}' would both be written to '${file}'`;
}

export function endingUnknown(option: string, name: string, endings: readonly string[]): string {
  return `--${option} goes by the ending of the file: ${endings.join(', ')}, not '${name}'`;
}

export function actionNeedsState(action: string): string {
  return `--action ${action} needs the --state of the stack`;
}

export function snapshotWithoutAction(): string {
  return '--snapshot is for --action snapshot and --action restore';
}

export function isNoJson(): string {
  return 'it is no JSON';
}

export function isEmpty(): string {
  return 'it is empty';
}

export function runCanBeResumed(): string {
  return 'Stopped. --resume goes on with it; until then the state stays as it was.';
}

export function resumeWithoutJournal(): string {
  return '--resume needs the --journal of the run to go on with';
}

export function journalUnopened(name: string, reason: string): string {
  return `the journal '${name}' can not be opened: ${reason}`;
}

export function journalUsed(name: string, runId: string): string {
  return `the journal '${name}' is of the run '${runId}' already: --resume goes on with it; a new run needs another file`;
}

export function simulationWithHandlers(option: string): string {
  return `--${option} is for the simulated cloud, and there is none with --handlers`;
}

export function simulatedTaskUnknown(id: string, ids: Iterable<string>): string {
  return withHint(`--simulate-failure names no task of this graph: '${id}'`, didYouMean(id, ids).hint);
}

/** `what`: handlers, actions. */
export function moduleUnloadable(what: string, name: string, reason: string): string {
  return `the ${what} '${name}' can not be loaded: ${reason}`;
}

export function noActions(name: string): string {
  return `the module '${name}' has no actions: its default export must be an object or a Map of them by name`;
}

/** Nobody can be asked, so the run would wait for ever. */
export function breakpointsUnasked(ids: readonly string[]): string {
  const some = ids.slice(0, 3).map((id) => `'${id}'`);
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return (
    `the run would wait at ${some.join(', ')}${more}, and there is no terminal to ask on: give --clear-breakpoints, ` +
    "or --format json and lines 'clear ID' on standard input"
  );
}

/** Why a run was stopped that waited. */
export function nobodyClears(ids: readonly string[]): string {
  return `nobody is left to clear ${ids.map((id) => `'${id}'`).join(', ')}`;
}

export function notWaiting(written: string, ids: readonly string[]): string {
  const waiting = ids.length === 0 ? 'Nothing is waiting.' : `Waiting: ${ids.join(', ')}.`;
  return `'${written}' is no breakpoint that is waiting. ${waiting}`;
}

export function clearExpected(written: string): string {
  return `'${written}' is not understood: write 'clear ID'`;
}

export function noHandlers(name: string): string {
  return `the module '${name}' has no handlers: its default export must be an object or a Map of them by resource type`;
}

function withHint(text: string, hint: string | undefined): string {
  return hint === undefined ? text : `${text}. ${hint}`;
}

/** Heat's command line decodes templates as UTF-8 and nothing else. */
export function notUtf8(source: string, line: number, column: number): Diagnostic {
  return {
    code: 'NOT_UTF8',
    severity: 'error',
    message: 'This is not text in UTF-8.',
    place: { source, line, column },
    expected: 'text in UTF-8',
    hint: "Convert it, for example with 'iconv -f LATIN1 -t UTF-8'.",
    heat: 'UnicodeDecodeError',
    stage: 'parse',
  };
}

// Why a file can not be read or written, as the end of a sentence.

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'there is a file where a folder should be',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_INVALID_ARG_VALUE: 'its name has a character that no file name may have',
};

export function systemError(code: string): string {
  return SYSTEM_ERRORS[code] ?? code;
}

export function isFolder(): string {
  return systemError('EISDIR');
}

export function isNoFile(): string {
  return 'it is no regular file';
}

export function notFetched(): string {
  return 'only files on disk are read, nothing is fetched';
}

export function urlInvalid(): string {
  return 'it is no URL of a file on this machine';
}
