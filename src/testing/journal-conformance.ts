import type { Journal, JournalRecord } from '../journal/journal.ts';

/** A store under test. */
export interface JournalStore {
  /** Opens the same store each time; what was opened before is closed by then. */
  open(): Journal | PromiseLike<Journal>;
}

export interface ConformanceCase {
  readonly name: string;
  /** Rejects with what is wrong. */
  run(): Promise<void>;
}

const RECORDS: readonly JournalRecord[] = [
  { type: 'text', text: 'ä ö 漢字 🚀 \u0000 \u2028 "quoted" \\ \n \ud800', empty: '' },
  { type: 'numbers', numbers: [0, -1, 1.5, 1e300, 9_007_199_254_740_991], truth: [true, false, null] },
  { type: 'names', ...JSON.parse('{"__proto__": {"constructor": 1}, "": 2, "0": 3, "a.b": [[], {}]}') },
  { type: 'large', text: 'x'.repeat(3_000_000) },
];

/**
 * What a store has to do so that runs can trust it; each case by itself, for any test runner:
 *
 *     for (const { name, run } of journalConformance(makeStore)) test(name, run);
 *
 * @param makeStore makes an empty store of its own for each case.
 */
export function journalConformance(makeStore: () => JournalStore | PromiseLike<JournalStore>): ConformanceCase[] {
  return Object.entries(CASES).map(([name, check]) => ({ name, run: async () => check(await makeStore()) }));
}

const CASES: Readonly<Record<string, (store: JournalStore) => Promise<void>>> = {
  async 'is empty at first'(store) {
    await using(store, async (journal) => expectRecords(journal, []));
  },

  async 'gives back what was appended, in order, as it was'(store) {
    await using(store, async (journal) => {
      await journal.append(RECORDS.slice(0, 2));
      await journal.append(RECORDS.slice(2));
      await expectRecords(journal, RECORDS);
    });
  },

  async 'takes an empty batch'(store) {
    await using(store, async (journal) => {
      await journal.append([]);
      await expectRecords(journal, []);
    });
  },

  async 'keeps no hold of the records'(store) {
    await using(store, async (journal) => {
      const record = { type: 'a', list: [1] };
      await journal.append([record]);
      record.list.push(2);
      await expectRecords(journal, [{ type: 'a', list: [1] }]);
    });
  },

  async 'has it still when it is opened again, and goes on behind it'(store) {
    await using(store, async (journal) => journal.append(RECORDS));
    await using(store, async (journal) => {
      await expectRecords(journal, RECORDS);
      await journal.append([{ type: 'more' }]);
      await expectRecords(journal, [...RECORDS, { type: 'more' }]);
    });
    await using(store, async (journal) => expectRecords(journal, [...RECORDS, { type: 'more' }]));
  },

  async 'is read again and again'(store) {
    await using(store, async (journal) => {
      await journal.append(RECORDS);
      await expectRecords(journal, RECORDS);
      await expectRecords(journal, RECORDS);
    });
  },

  async 'may be left in the middle of reading'(store) {
    await using(store, async (journal) => {
      await journal.append(RECORDS);
      for await (const _ of journal.read()) break;
      await journal.append([{ type: 'more' }]);
      await expectRecords(journal, [...RECORDS, { type: 'more' }]);
    });
  },

  async 'has only what it was compacted to, and goes on behind that'(store) {
    await using(store, async (journal) => {
      await journal.append(RECORDS);
      await journal.compact(RECORDS.slice(1, 2));
      await journal.append([{ type: 'more' }]);
      await expectRecords(journal, [RECORDS[1] as JournalRecord, { type: 'more' }]);
    });
    await using(store, async (journal) => expectRecords(journal, [RECORDS[1] as JournalRecord, { type: 'more' }]));
  },

  async 'takes many batches and many records'(store) {
    const many = Array.from({ length: 20_000 }, (_, number) => ({ type: 'n', number }));
    await using(store, async (journal) => {
      await journal.append(many.slice(100));
      for (const record of many.slice(0, 100)) await journal.append([record]);
    });
    await using(store, async (journal) => expectRecords(journal, [...many.slice(100), ...many.slice(0, 100)]));
  },

  async 'takes nothing more once it is closed'(store) {
    const journal = await store.open();
    await journal.close();
    await journal.close();
    if (!(await fails(async () => journal.append([{ type: 'late' }])))) throw new Error('it took a record');
    await using(store, async (reopened) => expectRecords(reopened, []));
  },
};

async function using(store: JournalStore, use: (journal: Journal) => unknown): Promise<void> {
  const journal = await store.open();
  try {
    await use(journal);
  } finally {
    await journal.close();
  }
}

async function expectRecords(journal: Journal, expected: readonly JournalRecord[]): Promise<void> {
  let index = 0;
  for await (const record of journal.read()) {
    const [found, wanted] = [JSON.stringify(record), JSON.stringify(expected[index])];
    if (found !== wanted) throw new Error(`record ${index + 1} is ${short(found)}, not ${short(wanted)}`);
    index++;
  }
  if (index !== expected.length) throw new Error(`there are ${index} records, not ${expected.length}`);
}

async function fails(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return false;
  } catch {
    return true;
  }
}

function short(text: string | undefined): string {
  return text === undefined ? 'nothing' : text.slice(0, 200);
}
