/** An error of a handler after which another attempt would be no use. */
export class TerminalError extends Error {
  override readonly name: string = 'TerminalError';
}

/** An error of `update` where the thing cannot be updated in place: it is replaced then. Heat's exception of that name. */
export class UpdateReplace extends Error {
  override readonly name: string = 'UpdateReplace';
}

/** What was thrown, in words. Never throws, whatever it was: a handler can throw anything at all. */
export function describeThrown(thrown: unknown): string {
  try {
    if (typeof thrown === 'object' && thrown !== null) {
      const { message } = thrown as { message?: unknown };
      if (typeof message === 'string' && message !== '') return message;
      const { name } = thrown as { name?: unknown };
      if (typeof name === 'string' && name !== '') return `${name} without a message`;
    }
    if (typeof thrown === 'string' && thrown !== '') return thrown;
    return `threw ${String(thrown)}`;
  } catch {
    return 'threw something that cannot be shown';
  }
}

/** The id of what was made before it went wrong: `physicalId` of what was thrown, or of the data that were polled. */
export function physicalIdIn(data: unknown): string | undefined {
  try {
    if (typeof data !== 'object' || data === null) return undefined;
    const { physicalId } = data as { physicalId?: unknown };
    return typeof physicalId === 'string' || typeof physicalId === 'number' ? String(physicalId) : undefined;
  } catch {
    return undefined;
  }
}

export function isTerminal(thrown: unknown): boolean {
  return isA(TerminalError, thrown);
}

/** `instanceof` for what may be anything: a proxy can throw even there. */
export function isA<T>(type: abstract new (...args: never[]) => T, thrown: unknown): thrown is T {
  try {
    return thrown instanceof type;
  } catch {
    return false;
  }
}
