/** What a single position of the text must be. */
export type CharTest = (code: number) => boolean;

export type Anchor =
  | 'text start'
  | 'line start'
  | 'text end'
  | 'line end'
  | 'very end'
  | 'boundary'
  | 'no boundary'
  | 'ascii boundary'
  | 'no ascii boundary';

/** A parsed pattern. Flags are resolved: a node means the same wherever it stands. */
export type Node =
  | { readonly kind: 'char'; readonly test: CharTest; readonly literal: number | undefined }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | { readonly kind: 'scope'; readonly body: Node; readonly plain: boolean }
  | { readonly kind: 'atomic'; readonly body: Node }
  | { readonly kind: 'back-reference'; readonly index: number; readonly ignoreCase: boolean; readonly ascii: boolean }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'condition'; readonly index: number; readonly yes: Node; readonly no: Node };

export const EMPTY: Node = { kind: 'sequence', items: [] };

/** Fewest and most positions that a node takes. Groups are looked up for references to them. */
export function widthOf(node: Node, groups: ReadonlyMap<number, Node>): readonly [number, number] {
  switch (node.kind) {
    case 'char':
      return [1, 1];
    case 'sequence':
      return node.items.map((item) => widthOf(item, groups)).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case 'choice':
      return either(node.branches.map((branch) => widthOf(branch, groups)));
    case 'repeat': {
      const [least, most] = widthOf(node.body, groups);
      return [least * node.min, most === 0 ? 0 : most * node.max];
    }
    case 'group':
    case 'scope':
    case 'atomic':
      return widthOf(node.body, groups);
    case 'back-reference': {
      const group = groups.get(node.index);
      return group === undefined ? [0, Number.POSITIVE_INFINITY] : widthOf(group, groups);
    }
    case 'condition':
      return either([widthOf(node.yes, groups), widthOf(node.no, groups)]);
    default:
      return [0, 0];
  }
}

function either(widths: readonly (readonly [number, number])[]): readonly [number, number] {
  return [Math.min(...widths.map(([least]) => least)), Math.max(...widths.map(([, most]) => most))];
}
