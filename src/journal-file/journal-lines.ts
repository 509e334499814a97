import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../journal/journal.ts';

/** The first line of a file: what the file is, and which version of the format. */
export const HEAD: JournalRecord = Object.freeze({ type: 'heat-task-graph journal', version: 1 });

// Each line is a JSON list of its own: ["crc32 of the record's UTF-8 in hex", record].
const RECORD_AT = '["00000000",'.length;

export function lineOf(record: JournalRecord): string {
  const text = JSON.stringify(record);
  return `["${checksum(text)}",${text}]\n`;
}

/** The text of the record in a line without its end; undefined: the line is damaged. */
export function recordIn(line: Buffer): string | undefined {
  if (line.length <= RECORD_AT + 1 || line[line.length - 1] !== 0x5d) return undefined;
  const record = line.subarray(RECORD_AT, -1);
  const head = line.toString('latin1', 0, RECORD_AT);
  return head === `["${checksum(record)}",` ? record.toString('utf8') : undefined;
}

function checksum(data: string | Buffer): string {
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

  /** Whether the bytes ended in the middle of a line. */
  get torn(): boolean {
    return this.#pending.length > 0;
  }
}
