import { type Anchor, type CharTest, type Node, widthOf } from './syntax-tree.ts';

/** What the matcher does; `x` and `y` are places in the program, registers or numbers, as each operation says. */
export const CHAR = 0; // x: code
export const TEST = 1; // test
export const SPLIT = 2; // x: first try, y: then
export const JUMP = 3; // x: place
export const SAVE = 4; // x: register that gets the position
export const ANCHOR = 5; // anchor
export const BACK_REFERENCE = 6; // x: group, y: 0 exact, 1 ignoring case, 2 ignoring ASCII case
export const RUN = 7; // test, x: fewest, y: most, mode
export const LOOP_START = 8; // x: register
export const LOOP = 9; // x: register, y: exit, min, max, mode
export const LOOP_AGAIN = 10; // x: register, y: max
export const CUT_START = 11; // x: register
export const CUT = 12; // x: register
export const LOOK_START = 13; // x: register (and the one after it), y: positions to go back
export const LOOK_END = 14; // x: register
export const NOT_LOOK_START = 15; // x: register, y: place behind, min: positions to go back
export const NOT_LOOK_FAIL = 16; // x: register
export const IF_GROUP = 17; // x: group, y: place if it did not match
export const SUCCESS = 18;

export interface Instruction {
  readonly op: number;
  x: number;
  y: number;
  readonly min: number;
  readonly max: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
  readonly test: CharTest;
  readonly anchor: Anchor;
}

export interface Program {
  readonly code: readonly Instruction[];
  /** Registers: two for each group, then those of loops and cuts. */
  readonly registers: number;
  /** What the first character must be, where one is needed. */
  readonly first: CharTest | undefined;
}

const NOTHING: CharTest = () => false;

class Writer {
  readonly code: Instruction[] = [];
  registers: number;
  readonly #groups: ReadonlyMap<number, Node>;

  constructor(groupCount: number, tree: Node) {
    this.registers = 2 * (groupCount + 1);
    const groups = new Map<number, Node>();
    collectGroups(tree, groups);
    this.#groups = groups;
  }

  emit(op: number, fields: Partial<Omit<Instruction, 'op'>> = {}): Instruction {
    const instruction: Instruction = {
      op,
      x: fields.x ?? 0,
      y: fields.y ?? 0,
      min: fields.min ?? 0,
      max: fields.max ?? 0,
      mode: fields.mode ?? 'greedy',
      test: fields.test ?? NOTHING,
      anchor: fields.anchor ?? 'text start',
    };
    this.code.push(instruction);
    return instruction;
  }

  write(node: Node): void {
    switch (node.kind) {
      case 'char':
        if (node.literal === undefined) this.emit(TEST, { test: node.test });
        else this.emit(CHAR, { x: node.literal });
        return;
      case 'sequence':
        for (const item of node.items) this.write(item);
        return;
      case 'choice':
        this.#choice(node.branches);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'group':
        this.emit(SAVE, { x: 2 * node.index });
        this.write(node.body);
        this.emit(SAVE, { x: 2 * node.index + 1 });
        return;
      case 'scope':
        this.write(node.body);
        return;
      case 'atomic':
        this.#atomic(() => this.write(node.body));
        return;
      case 'back-reference':
        this.emit(BACK_REFERENCE, { x: node.index, y: node.ignoreCase ? (node.ascii ? 2 : 1) : 0 });
        return;
      case 'anchor':
        this.emit(ANCHOR, { anchor: node.anchor });
        return;
      case 'look':
        this.#look(node.body, node.behind, node.negative);
        return;
      default:
        this.#condition(node.index, node.yes, node.no);
    }
  }

  #choice(branches: readonly Node[]): void {
    const ends: Instruction[] = [];
    for (const [i, branch] of branches.entries()) {
      if (i === branches.length - 1) {
        this.write(branch);
        break;
      }
      const split = this.emit(SPLIT);
      split.x = this.code.length;
      this.write(branch);
      ends.push(this.emit(JUMP));
      split.y = this.code.length;
    }
    for (const end of ends) end.x = this.code.length;
  }

  #repeat(node: Extract<Node, { kind: 'repeat' }>): void {
    const { body, min, max, mode } = node;
    const simple = body.kind === 'scope' && body.plain ? body.body : body;
    if (simple.kind === 'char') {
      this.emit(RUN, { test: simple.test, x: min, y: max, mode });
    } else if (mode === 'possessive') {
      this.#atomic(() => this.#loop(body, min, max, 'greedy'));
    } else {
      this.#loop(body, min, max, mode);
    }
  }

  #loop(body: Node, min: number, max: number, mode: 'greedy' | 'lazy'): void {
    const register = this.registers;
    this.registers += 2;
    this.emit(LOOP_START, { x: register });
    const top = this.code.length;
    const loop = this.emit(LOOP, { x: register, min, max, mode });
    if (mode === 'lazy') this.emit(LOOP_AGAIN, { x: register, max });
    this.write(body);
    this.emit(JUMP, { x: top });
    loop.y = this.code.length;
  }

  #atomic(write: () => void): void {
    const register = this.registers++;
    this.emit(CUT_START, { x: register });
    write();
    this.emit(CUT, { x: register });
  }

  #look(body: Node, behind: boolean, negative: boolean): void {
    const back = behind ? widthOf(body, this.#groups)[0] : 0;
    const register = this.registers;
    this.registers += 2;
    if (!negative) {
      this.emit(LOOK_START, { x: register, y: back });
      this.write(body);
      this.emit(LOOK_END, { x: register });
      return;
    }
    const start = this.emit(NOT_LOOK_START, { x: register, min: back });
    this.write(body);
    this.emit(NOT_LOOK_FAIL, { x: register });
    start.y = this.code.length;
  }

  #condition(index: number, yes: Node, no: Node): void {
    const start = this.emit(IF_GROUP, { x: index });
    this.write(yes);
    const end = this.emit(JUMP);
    start.y = this.code.length;
    this.write(no);
    end.x = this.code.length;
  }
}

function collectGroups(node: Node, groups: Map<number, Node>): void {
  if (node.kind === 'group') groups.set(node.index, node.body);
  if (node.kind === 'sequence') for (const item of node.items) collectGroups(item, groups);
  else if (node.kind === 'choice') for (const branch of node.branches) collectGroups(branch, groups);
  else if (node.kind === 'condition') for (const branch of [node.yes, node.no]) collectGroups(branch, groups);
  else if ('body' in node) collectGroups(node.body, groups);
}

export function compileProgram(tree: Node, groupCount: number): Program {
  const writer = new Writer(groupCount, tree);
  writer.write(tree);
  writer.emit(SUCCESS);
  return { code: writer.code, registers: writer.registers, first: firstTest(tree) };
}

function firstTest(node: Node): CharTest | undefined {
  switch (node.kind) {
    case 'char':
      return node.test;
    case 'sequence':
      return node.items[0] === undefined ? undefined : firstTest(node.items[0]);
    case 'group':
    case 'scope':
    case 'atomic':
      return firstTest(node.body);
    case 'repeat':
      return node.min > 0 ? firstTest(node.body) : undefined;
    default:
      return undefined;
  }
}
