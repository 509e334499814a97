import type { Command } from './records.ts';

export function isStateCommand(command: Command): boolean {
  return command.type === 'fail' || command.type === 'succeed' || command.type === 'pause';
}

function joins(command: Command): string | undefined {
  return command.type === 'run' && command.task.join !== undefined ? command.task.name : undefined;
}

/**
 * The order in which commands are carried out (`_rearrange_commands`): nothing after `fail` or `succeed`; `pause` keeps
 * what follows it for later; tasks that join come last, by name. Mistral's comparison says of any two other tasks that
 * each is before the other, and Python's sort then turns them round: the last of a clause starts first.
 */
export function inOrder(commands: readonly Command[]): readonly Command[] {
  const real = commands.filter(({ type }) => type !== 'noop');
  const at = real.findIndex(isStateCommand);
  if (at < 0) return sorted(real);
  const command = real[at] as Command;
  if (at === 0 && command.type !== 'pause') return [command];
  const tail = command.type === 'pause' ? real.slice(at + 1) : [];
  return [...sorted(real.slice(0, at)), command, ...tail];
}

function isBefore(a: Command, b: Command): boolean {
  const x = joins(a);
  if (x === undefined) return true;
  const y = joins(b);
  return y !== undefined && x < y;
}

/** Python's sort for short lists: the first run as it is (reversed when it descends), the rest inserted one by one. */
function sorted(commands: readonly Command[]): readonly Command[] {
  if (commands.length < 2) return commands;
  if (commands.every((command) => joins(command) === undefined)) return commands.toReversed();
  const list = [...commands];
  let run = 2;
  const descends = isBefore(list[1] as Command, list[0] as Command);
  while (run < list.length && isBefore(list[run] as Command, list[run - 1] as Command) === descends) run++;
  const result = list.slice(0, run);
  if (descends) result.reverse();
  for (const command of list.slice(run)) {
    let low = 0;
    let high = result.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(command, result[middle] as Command)) high = middle;
      else low = middle + 1;
    }
    result.splice(low, 0, command);
  }
  return result;
}
