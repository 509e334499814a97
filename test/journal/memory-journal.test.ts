import { describe, expect, it } from 'vitest';
import { MemoryJournal } from '../../src/journal/memory-journal.ts';
import { journalConformance } from '../../src/testing/journal-conformance.ts';

describe('a journal in memory', () => {
  const makeStore = () => {
    let last: MemoryJournal | undefined;
    return {
      open() {
        last = new MemoryJournal(last);
        return last;
      },
    };
  };
  it.each(journalConformance(makeStore))('$name', ({ run }) => expect(run()).resolves.toBeUndefined());
});
