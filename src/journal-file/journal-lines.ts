import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../journal/journal.ts';

/** The first line of a file: what the file is, and which version of the format. */
export const HEAD: JournalRecord = Object.freeze({ type: 'heat-task-graph journal', version: 1 });

// Each line is a JSON list: ["CRC-32 of the rest's UTF-8 in hex", record, record, ...].
const NO_SUM = '00000000';
const SUM_AT = '["'.length;
const RECORDS_AT = `["${NO_SUM}",`.length;

/**
 * One batch is one line: what is flushed at once is there wholly or not at all, in whatever order a disk writes its
 * blocks. There has to be a record.
 */
export function lineOf(records: readonly JournalRecord[]): Buffer {
  const line = Buffer.from(`["${NO_SUM}",${JSON.stringify(records).slice(1)}\n`);
  line.write(checksum(line.subarray(RECORDS_AT, -2)), SUM_AT, 'latin1');
  return line;
}

/** The text of the records in a line without its end; undefined: the line is damaged. */
export function recordsIn(line: Buffer): string | undefined {
  if (line.length <= RECORDS_AT + 1 || line[line.length - 1] !== 0x5d) return undefined;
  const records = line.subarray(RECORDS_AT, -1);
  const head = line.toString('latin1', 0, RECORDS_AT);
  return head === `["${checksum(records)}",` ? records.toString('utf8') : undefined;
}

export function parseRecords(text: string): JournalRecord[] {
  return JSON.parse(`[${text}]`) as JournalRecord[];
}

function checksum(data: Buffer): string {
  return crc32(data).toString(16).padStart(8, '0');
}

/** The lines among chunks of bytes, without their ends. What is left after the last end of a line is not told. */
export class LineSplitter {
  #pending: Buffer[] = [];

  *push(chunk: Buffer): Generator<Buffer, void, undefined> {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      const last = chunk.subarray(start, end);
      yield this.#pending.length === 0 ? last : Buffer.concat([...this.#pending, last]);
      this.#pending = [];
      start = end + 1;
    }
    // A copy: the chunk is filled anew.
    if (start < chunk.length) this.#pending.push(Buffer.from(chunk.subarray(start)));
  }
}
