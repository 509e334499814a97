/** The syntax tree that the library's parser gives, as far as it is read here. */
export type Node =
  | { readonly type: 'Comment' | 'Break' | 'Continue' }
  | { readonly type: 'If'; readonly test: Node; readonly body: readonly Node[]; readonly alternate: readonly Node[] }
  | {
      readonly type: 'For';
      readonly loopvar: Node;
      readonly iterable: Node;
      readonly body: readonly Node[];
      readonly defaultBlock: readonly Node[];
    }
  | { readonly type: 'Set'; readonly assignee: Node; readonly value: Node | null; readonly body: readonly Node[] }
  | { readonly type: 'Macro'; readonly name: NameNode; readonly args: readonly Node[]; readonly body: readonly Node[] }
  | { readonly type: 'FilterStatement'; readonly filter: Node; readonly body: readonly Node[] }
  | { readonly type: 'CallStatement' }
  | MemberNode
  | { readonly type: 'CallExpression'; readonly callee: Node; readonly args: readonly Node[] }
  | NameNode
  | { readonly type: 'IntegerLiteral' | 'FloatLiteral'; readonly value: number }
  | { readonly type: 'StringLiteral'; readonly value: string }
  | { readonly type: 'ArrayLiteral' | 'TupleLiteral'; readonly value: readonly Node[] }
  | { readonly type: 'ObjectLiteral'; readonly value: ReadonlyMap<Node, Node> }
  | {
      readonly type: 'BinaryExpression';
      readonly operator: { readonly value: string };
      readonly left: Node;
      readonly right: Node;
    }
  | { readonly type: 'UnaryExpression'; readonly operator: { readonly value: string }; readonly argument: Node }
  | { readonly type: 'FilterExpression'; readonly operand: Node; readonly filter: Node }
  | { readonly type: 'TestExpression'; readonly operand: Node; readonly negate: boolean; readonly test: NameNode }
  | { readonly type: 'SelectExpression'; readonly lhs: Node; readonly test: Node }
  | { readonly type: 'Ternary'; readonly condition: Node; readonly trueExpr: Node; readonly falseExpr: Node }
  | {
      readonly type: 'SliceExpression';
      readonly start: Node | undefined;
      readonly stop: Node | undefined;
      readonly step: Node | undefined;
    }
  | { readonly type: 'KeywordArgumentExpression'; readonly key: NameNode; readonly value: Node }
  | { readonly type: 'SpreadExpression' | 'KeywordSpreadExpression'; readonly argument: Node };

export interface NameNode {
  readonly type: 'Identifier';
  readonly value: string;
}

export interface MemberNode {
  readonly type: 'MemberExpression';
  readonly object: Node;
  readonly property: Node;
  readonly computed: boolean;
}
