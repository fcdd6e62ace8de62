import type { CallExpression, Identifier, MemberExpression } from 'acorn'
import type { IssueReason } from '../contracts/issue.js'
import { type ArgumentNode, type CompileContext, placed, refuse, SHORT, unsupported } from './compile-context.js'
import type { Evaluate, Evaluation } from './evaluation.js'
import { failureAt } from './failure.js'
import { EXPRESSION_LIBRARY } from './library/index.js'
import { callMethod, METHOD_NAMES, takesFunction } from './methods/index.js'
import { missing } from './paths.js'
import { misplacedFunction } from './refusals.js'
import { closestName } from './spelling.js'

/** A call of a library function, or of a method of our own table: nothing else can be called. */
export function compileCall(context: CompileContext, node: CallExpression): Evaluate {
  const { callee } = node
  if (callee.type === 'Identifier') return compileFunctionCall(context, node, callee)
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    return compileMethodCall(context, node, { callee, name: callee.property.name })
  }
  const message = 'Only library functions, and methods by their name, can be called'
  throw refuse(node, { code: 'expression.not_callable', message })
}

function compileFunctionCall(context: CompileContext, node: CallExpression, callee: Identifier): Evaluate {
  const { name } = callee
  const found = Object.hasOwn(EXPRESSION_LIBRARY, name) ? EXPRESSION_LIBRARY[name] : undefined
  if (found === undefined) throw refuse(callee, unknownFunction(name, 'function', LIBRARY_NAMES))
  const [least, most] = found.arity
  if (node.arguments.length < least || node.arguments.length > most) {
    const { signature } = found
    const message = `${name} is called as ${signature}`
    throw refuse(node, { code: 'expression.wrong_arguments', message, details: { name, signature } })
  }
  const args = compileArguments(context, node.arguments, { name, functionAt: found.functionAt ?? -1 })
  return placed(context, node, (evaluation) => {
    const values: unknown[] = []
    for (const argument of args) values.push(argument(evaluation))
    evaluation.burn(1)
    return found.call(values, evaluation)
  })
}

interface MethodCallee {
  readonly callee: MemberExpression
  readonly name: string
}

function compileMethodCall(context: CompileContext, node: CallExpression, { callee, name }: MethodCallee): Evaluate {
  if (!METHOD_NAMES.has(name)) {
    throw refuse(callee.property, unknownFunction(name, 'method', METHOD_NAMES))
  }
  const target = context.compile(callee.object)
  const args = compileArguments(context, node.arguments, { name, functionAt: takesFunction(name) ? 0 : -1 })
  const { source } = context
  const { optional, object, property } = callee
  // Places are copied out of nodes, so that a compiled template does not keep its syntax tree alive.
  const objectSpan = { start: object.start, end: object.end }
  const nameSpan = { start: property.start, end: property.end }
  return (evaluation) => {
    const value = target(evaluation)
    if (value === SHORT) return SHORT
    if (value === null || value === undefined) {
      if (optional) return SHORT
      throw missing({ value, source, span: objectSpan })
    }
    const values: unknown[] = [value]
    for (const argument of args) values.push(argument(evaluation))
    try {
      evaluation.burn(1)
      return callMethod(name, values, evaluation)
    } catch (error) {
      throw failureAt(error, source, nameSpan)
    }
  }
}

interface ArgumentRules {
  readonly name: string
  /** Position at which a function may stand; -1 for none. */
  readonly functionAt: number
}

/** Functions exist only where one is asked for, so no value can ever be one. */
function compileArguments(
  context: CompileContext,
  nodes: readonly ArgumentNode[],
  { name, functionAt }: ArgumentRules,
): readonly ((evaluation: Evaluation) => unknown)[] {
  return nodes.map((node, index) => {
    if (node.type === 'SpreadElement') throw refuse(node, unsupported('Arguments cannot be spread', '...'))
    if (node.type !== 'ArrowFunctionExpression') return context.compile(node)
    if (index !== functionAt) throw refuse(node, misplacedFunction(`${name} takes no function here`))
    return context.compileArrow(node)
  })
}

const LIBRARY_NAMES: ReadonlySet<string> = new Set(Object.keys(EXPRESSION_LIBRARY))

function unknownFunction(name: string, kind: 'function' | 'method', known: ReadonlySet<string>): IssueReason {
  const close = closestName(name, known)
  const end = close === undefined ? '' : `; did you mean "${close}"?`
  return {
    code: 'expression.unknown_function',
    message: `There is no ${kind} "${name}"${end}`,
    details: { name, ...(close === undefined ? {} : { suggestion: close }) },
  }
}
