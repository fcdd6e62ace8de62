import type { CallExpression, Identifier, MemberExpression } from 'acorn'
import { type ArgumentNode, type CompileContext, placed, refuse, SHORT } from './compile-context.js'
import type { Evaluate, Evaluation } from './evaluation.js'
import { failureAt } from './failure.js'
import { EXPRESSION_LIBRARY } from './library/index.js'
import { callMethod, METHOD_NAMES, takesFunction } from './methods/index.js'
import { missing } from './paths.js'
import { closestName } from './spelling.js'

/** A call of a library function, or of a method of our own table: nothing else can be called. */
export function compileCall(context: CompileContext, node: CallExpression): Evaluate {
  const { callee } = node
  if (callee.type === 'Identifier') return compileFunctionCall(context, node, callee)
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    return compileMethodCall(context, node, { callee, name: callee.property.name })
  }
  throw refuse(node, 'Only library functions, and methods by their name, can be called')
}

function compileFunctionCall(context: CompileContext, node: CallExpression, callee: Identifier): Evaluate {
  const { name } = callee
  const found = Object.hasOwn(EXPRESSION_LIBRARY, name) ? EXPRESSION_LIBRARY[name] : undefined
  if (found === undefined) throw refuse(callee, `There is no function "${name}"${suggest(name, LIBRARY_NAMES)}`)
  const [least, most] = found.arity
  if (node.arguments.length < least || node.arguments.length > most) {
    throw refuse(node, `${name} is called as ${found.signature}`)
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
    throw refuse(callee.property, `There is no method "${name}"${suggest(name, METHOD_NAMES)}`)
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
    if (node.type === 'SpreadElement') throw refuse(node, 'Arguments cannot be spread')
    if (node.type !== 'ArrowFunctionExpression') return context.compile(node)
    if (index !== functionAt) throw refuse(node, `${name} takes no function here`)
    return context.compileArrow(node)
  })
}

const LIBRARY_NAMES: ReadonlySet<string> = new Set(Object.keys(EXPRESSION_LIBRARY))

function suggest(name: string, known: ReadonlySet<string>): string {
  const close = closestName(name, known)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
