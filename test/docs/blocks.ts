import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown file. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

export function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  const lines = readFileSync(file, 'utf8').split('\n');
  let start = -1;
  let language = '';
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (start < 0) {
      start = index;
      language = line.slice(3).trim();
    } else {
      blocks.push({ language, text: lines.slice(start + 1, index).join('\n'), line: start + 1 });
      start = -1;
    }
  }
  if (start >= 0) throw new Error(`${file}:${start + 1}: this block has no end`);
  return blocks;
}

/** A command of a `console` block, and what it shows. */
export interface Session {
  readonly command: string;
  readonly shown: string;
}

export function sessionsOf({ text }: Block): Session[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...shown] = part.split('\n');
      return { command, shown: shown.join('\n') };
    });
}

/** What is shown as a pattern: `...` in a line of its own or at its end is anything, and times differ. */
export function patternOf(shown: string): RegExp {
  const lines = shown.trimEnd().split('\n');
  const parts = lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    if (line === '...') return isLast ? '[\\s\\S]*' : '(?:.*\\n)*?';
    return `${escaped(line.replace(/\.\.\.$/, ''))}${line.endsWith('...') ? '.*' : ''}${isLast ? '' : '\\n'}`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

function escaped(line: string): string {
  return line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\d+(?:\\\.\d+)? m?s\b/g, '\\d+(?:\\.\\d)? m?s');
}
