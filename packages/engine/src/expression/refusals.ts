import type { Node } from 'acorn'
import type { IssueReason } from '../contracts/issue.js'
import { unsupported } from './compile-context.js'

const ASSIGNMENT: IssueReason = {
  code: 'expression.assignment',
  message: 'An assignment cannot be used in an expression; write === to compare',
}

/** What is said of a piece of JavaScript that expressions do not have, and what to write instead. */
const REFUSALS: Readonly<Record<string, IssueReason>> = {
  ArrowFunctionExpression: misplacedFunction(
    'A function outside a call has no use here; functions are arguments, as in list.map(x => x.name)',
  ),
  AssignmentExpression: ASSIGNMENT,
  AwaitExpression: unsupportedSign('await'),
  ClassExpression: unsupported('A class cannot be used in an expression', 'class'),
  FunctionExpression: unsupported(
    '"function" cannot be used in an expression; write x => x.name as an argument',
    'function',
  ),
  ImportExpression: unsupportedSign('import'),
  MetaProperty: unsupported('This keyword cannot be used in an expression', 'import.meta'),
  NewExpression: unsupportedSign('new'),
  SequenceExpression: unsupported('A comma cannot join expressions here', ','),
  TaggedTemplateExpression: unsupported('A tagged template cannot be used in an expression', '``'),
  ThisExpression: unsupportedSign('this'),
  UpdateExpression: { ...ASSIGNMENT, message: 'An assignment cannot be used in an expression' },
}

/** Why a node is refused that is not part of the language. */
export function refusalOf(node: Node): IssueReason {
  const known = Object.hasOwn(REFUSALS, node.type) ? REFUSALS[node.type] : undefined
  return known ?? unsupported('This cannot be used in an expression', node.type)
}

/** Why a function is refused that stands, or looks, as functions cannot here. */
export function misplacedFunction(message: string): IssueReason {
  return { code: 'expression.misplaced_function', message }
}

/** Why an operator or keyword is refused. */
export function unsupportedSign(sign: string): IssueReason {
  return unsupported(`"${sign}" cannot be used in an expression`, sign)
}
