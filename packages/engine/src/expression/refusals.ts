import type { Node } from 'acorn'

/** What is said of a piece of JavaScript that expressions do not have, and what to write instead. */
const REFUSALS: Readonly<Record<string, string>> = {
  ArrowFunctionExpression:
    'A function outside a call has no use here; functions are arguments, as in list.map(x => x.name)',
  AssignmentExpression: 'An assignment cannot be used in an expression; write === to compare',
  AwaitExpression: '"await" cannot be used in an expression',
  ClassExpression: 'A class cannot be used in an expression',
  FunctionExpression: '"function" cannot be used in an expression; write x => x.name as an argument',
  ImportExpression: '"import" cannot be used in an expression',
  MetaProperty: 'This keyword cannot be used in an expression',
  NewExpression: '"new" cannot be used in an expression',
  SequenceExpression: 'A comma cannot join expressions here',
  TaggedTemplateExpression: 'A tagged template cannot be used in an expression',
  ThisExpression: '"this" cannot be used in an expression',
  UpdateExpression: 'An assignment cannot be used in an expression',
}

export function describeNode(node: Node): string {
  return (
    (Object.hasOwn(REFUSALS, node.type) ? REFUSALS[node.type] : undefined) ?? 'This cannot be used in an expression'
  )
}
