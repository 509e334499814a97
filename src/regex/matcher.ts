import { folded } from './case-folding.ts';
import { isAsciiWord, isWord } from './characters.ts';
import {
  ANCHOR,
  BACK_REFERENCE,
  CHAR,
  CUT,
  CUT_START,
  IF_GROUP,
  type Instruction,
  JUMP,
  LOOK_END,
  LOOK_START,
  LOOP,
  LOOP_AGAIN,
  LOOP_START,
  NOT_LOOK_FAIL,
  NOT_LOOK_START,
  type Program,
  RUN,
  SAVE,
  SPLIT,
  TEST,
} from './program.ts';
import type { Anchor } from './syntax-tree.ts';

/** Steps that matching may take. Below zero afterwards: it gave up, and what it returned means nothing. */
export interface StepBudget {
  steps: number;
}

/** Where a match must end, and whether it may be empty. */
export interface MatchRules {
  /** Only a match that ends at the end of the text. */
  readonly whole: boolean;
  /** Not an empty one at the start: that was found before. */
  readonly notEmpty: boolean;
}

const MOST_ALTERNATIVES = 2_000_000;
// A place to come back to takes five numbers: instruction, position, height of the trail, and two of its kind's own.
const SIZE = 5;
const PLAIN = -1;
const LAZY = -2;

/** Runs a program by backtracking on stacks of its own: no pattern and no text can overflow the JS stack. */
export class Matcher {
  readonly #code: readonly Instruction[];
  readonly #text: ArrayLike<number>;
  readonly #registers: Int32Array;
  readonly #choices: number[] = [];
  readonly #trail: number[] = [];
  #pc = 0;
  #position = 0;

  constructor(program: Program, text: ArrayLike<number>) {
    this.#code = program.code;
    this.#text = text;
    this.#registers = new Int32Array(program.registers).fill(-1);
  }

  /** The positions of the groups of a match that starts at `start`, two for each; undefined when there is none. */
  run(start: number, groupCount: number, rules: MatchRules, budget: StepBudget): Int32Array | undefined {
    const registers = this.#registers.fill(-1);
    const choices = this.#choices;
    const trail = this.#trail;
    choices.length = 0;
    trail.length = 0;
    const text = this.#text;
    const end = text.length;
    let pc = 0;
    let position = start;
    let { steps } = budget;
    for (;;) {
      if (--steps < 0 || choices.length > MOST_ALTERNATIVES * SIZE) {
        budget.steps = -1;
        return undefined;
      }
      const instruction = this.#code[pc] as Instruction;
      let fine = true;
      switch (instruction.op) {
        case CHAR:
          fine = position < end && text[position] === instruction.x;
          position++;
          pc++;
          break;
        case TEST:
          fine = position < end && instruction.test(text[position] as number);
          position++;
          pc++;
          break;
        case SPLIT:
          choices.push(instruction.y, position, trail.length, PLAIN, 0);
          pc = instruction.x;
          break;
        case JUMP:
          pc = instruction.x;
          break;
        case SAVE:
          this.#set(instruction.x, position);
          pc++;
          break;
        case ANCHOR:
          fine = this.#holds(instruction.anchor, position);
          pc++;
          break;
        case BACK_REFERENCE: {
          const length = this.#repeated(instruction, position);
          fine = length >= 0;
          steps -= Math.max(length, 0);
          position += length;
          pc++;
          break;
        }
        case RUN: {
          const { x: min, mode, test } = instruction;
          const most = Math.min(instruction.y, end - position);
          let count = 0;
          const wanted = mode === 'lazy' ? Math.min(min, most) : most;
          while (count < wanted && test(text[position + count] as number)) count++;
          steps -= count;
          fine = count >= min;
          if (fine && mode === 'lazy') {
            choices.push(pc, position + count, trail.length, LAZY, position + most);
          } else if (fine && mode === 'greedy' && count > min) {
            choices.push(pc + 1, position + count - 1, trail.length, position + min, 0);
          }
          position += count;
          pc++;
          break;
        }
        case LOOP_START:
          this.#set(instruction.x, 0);
          this.#set(instruction.x + 1, -1);
          pc++;
          break;
        case LOOP: {
          const { x: register, min, max, mode } = instruction;
          const count = registers[register] as number;
          if (count < min) {
            this.#set(register, count + 1);
            pc += mode === 'lazy' ? 2 : 1;
          } else if (mode === 'lazy') {
            choices.push(pc + 1, position, trail.length, PLAIN, 0);
            pc = instruction.y;
          } else if (count < max && position !== registers[register + 1]) {
            choices.push(instruction.y, position, trail.length, PLAIN, 0);
            this.#set(register, count + 1);
            this.#set(register + 1, position);
            pc++;
          } else {
            pc = instruction.y;
          }
          break;
        }
        case LOOP_AGAIN: {
          const register = instruction.x;
          const count = registers[register] as number;
          fine = count < instruction.max && position !== registers[register + 1];
          this.#set(register, count + 1);
          this.#set(register + 1, position);
          pc++;
          break;
        }
        case CUT_START:
          this.#set(instruction.x, choices.length);
          pc++;
          break;
        case CUT:
          choices.length = registers[instruction.x] as number;
          pc++;
          break;
        case LOOK_START:
          this.#set(instruction.x, choices.length);
          this.#set(instruction.x + 1, position);
          position -= instruction.y;
          fine = position >= 0;
          pc++;
          break;
        case LOOK_END:
          choices.length = registers[instruction.x] as number;
          position = registers[instruction.x + 1] as number;
          pc++;
          break;
        case NOT_LOOK_START:
          this.#set(instruction.x, choices.length);
          choices.push(instruction.y, position, trail.length, PLAIN, 0);
          position -= instruction.min;
          fine = position >= 0;
          pc++;
          break;
        case NOT_LOOK_FAIL:
          choices.length = registers[instruction.x] as number;
          fine = false;
          break;
        case IF_GROUP: {
          const matched = (registers[2 * instruction.x + 1] as number) >= 0;
          pc = matched ? pc + 1 : instruction.y;
          break;
        }
        default:
          if ((!rules.whole || position === end) && !(rules.notEmpty && position === start)) {
            budget.steps = steps;
            const groups = registers.slice(0, 2 * (groupCount + 1));
            groups[0] = start;
            groups[1] = position;
            return groups;
          }
          fine = false;
      }
      if (fine) continue;
      if (!this.#back()) {
        budget.steps = steps;
        return undefined;
      }
      pc = this.#pc;
      position = this.#position;
    }
  }

  /** Goes back to the last place where there was another way; false when there is none. */
  #back(): boolean {
    const choices = this.#choices;
    for (;;) {
      const top = choices.length - SIZE;
      if (top < 0) return false;
      const pc = choices[top] as number;
      const position = choices[top + 1] as number;
      this.#undo(choices[top + 2] as number);
      const kind = choices[top + 3] as number;
      this.#pc = pc;
      this.#position = position;
      if (kind !== LAZY) {
        // A greedy run gives back one more character the next time.
        if (kind >= 0 && position > kind) choices[top + 1] = position - 1;
        else choices.length = top;
        return true;
      }
      const { test } = this.#code[pc] as Instruction;
      if (position < (choices[top + 4] as number) && test(this.#text[position] as number)) {
        // A lazy run takes one more character.
        choices[top + 1] = position + 1;
        this.#pc = pc + 1;
        this.#position = position + 1;
        return true;
      }
      choices.length = top;
    }
  }

  #set(register: number, value: number): void {
    this.#trail.push(register, this.#registers[register] as number);
    this.#registers[register] = value;
  }

  #undo(height: number): void {
    const trail = this.#trail;
    while (trail.length > height) {
      const value = trail.pop() as number;
      this.#registers[trail.pop() as number] = value;
    }
  }

  /** The length of what a group matched, if it stands here again; -1 otherwise. */
  #repeated(instruction: Instruction, position: number): number {
    const from = this.#registers[2 * instruction.x] as number;
    const to = this.#registers[2 * instruction.x + 1] as number;
    if (from < 0 || to < from || position + to - from > this.#text.length) return -1;
    const ignoreCase = instruction.y > 0;
    const ascii = instruction.y === 2;
    for (let i = 0; i < to - from; i++) {
      const a = this.#text[from + i] as number;
      const b = this.#text[position + i] as number;
      if (a !== b && !(ignoreCase && folded(a, ascii) === folded(b, ascii))) return -1;
    }
    return to - from;
  }

  #holds(anchor: Anchor, position: number): boolean {
    const text = this.#text;
    const end = text.length;
    switch (anchor) {
      case 'text start':
        return position === 0;
      case 'line start':
        return position === 0 || text[position - 1] === 10;
      case 'very end':
        return position === end;
      case 'text end':
        return position === end || (position === end - 1 && text[position] === 10);
      case 'line end':
        return position === end || text[position] === 10;
      default: {
        // Python finds neither a boundary nor its absence in an empty text.
        if (end === 0) return false;
        const test = anchor.includes('ascii') ? isAsciiWord : isWord;
        const before = position > 0 && test(text[position - 1] as number);
        const after = position < end && test(text[position] as number);
        return (before !== after) === !anchor.startsWith('no');
      }
    }
  }
}
