/**
 * From syntax to closures: each allowed node becomes one function, made once per version and called for each evaluation.
 * A node that is not in `COMPILERS` does not exist in the language.
 */
import type {
  ArrayExpression,
  ArrowFunctionExpression,
  BinaryExpression,
  CallExpression,
  ChainExpression,
  ConditionalExpression,
  Expression,
  Identifier,
  Literal,
  LogicalExpression,
  MemberExpression,
  Node,
  ObjectExpression,
  ParenthesizedExpression,
  Property,
  SpreadElement,
  TemplateLiteral,
  UnaryExpression,
} from 'acorn'
import { ExpressionSyntaxError, failureAt, ValueError } from './failure.js'
import { EXPRESSION_LIBRARY } from './library/index.js'
import { Budget, EXPRESSION_LIMITS, MAX_SOURCE_DEPTH } from './limits.js'
import { callFunction, callMethod, METHOD_NAMES } from './methods.js'
import { BINARY_OPERATORS, UNARY_OPERATORS } from './operators.js'
import type { ExpressionScope, Reference } from './types.js'
import { asRecord, assertKey, isForbiddenKey, isRecord, Lambda, readProperty, toText } from './values.js'

const ROOTS = ['trigger', 'steps', 'item', 'index', 'vars', 'run', 'customer', 'tenant'] as const
type Root = (typeof ROOTS)[number]

/** One evaluation: what it sees, what it may spend, and the parameters of the arrow functions being called. */
class Environment {
  readonly budget: Budget
  readonly parameters: unknown[] = []

  constructor(readonly scope: ExpressionScope) {
    this.budget = new Budget(EXPRESSION_LIMITS)
  }
}

type Evaluate = (environment: Environment) => unknown

interface Compiled {
  evaluate(scope: ExpressionScope): unknown
  readonly references: readonly Reference[]
}

/** Marks a chain with `?.` that met nothing. */
const SHORT = Symbol('short-circuit')

/** @throws ExpressionSyntaxError when the tree holds something that is not part of the language */
export function compileNode(node: Expression, source: string): Compiled {
  const compiler = new NodeCompiler(source)
  const path = compiler.plainPath(node)
  if (path !== undefined) return { evaluate: pathReader(path, node, source), references: [path] }
  const evaluate = compiler.compile(node)
  return {
    evaluate: (scope) => {
      const value = evaluate(new Environment(scope))
      if (value instanceof Lambda) throw failureAt(new ValueError('A function is not a value'), source, node.start)
      return value
    },
    references: compiler.references,
  }
}

/** A path such as `steps.order.output.id` needs no environment and no fuel: it is what nearly all expressions are. */
function pathReader(path: Reference, node: Node, source: string): (scope: ExpressionScope) => unknown {
  const [root, ...keys] = path
  return (scope) => {
    let value: unknown = scope[root as Root]
    for (let i = 0; i < keys.length; i++) {
      if (value === undefined || value === null) throw missing(path.slice(0, i + 1).join('.'), node.start, source)
      value = readProperty(value, keys[i])
    }
    return value
  }
}

function missing(what: string, offset: number, source: string): Error {
  return failureAt(
    new ValueError(`${what} is empty, so nothing can be read from it; write ?. if that may be`),
    source,
    offset,
  )
}

class NodeCompiler {
  readonly references: Reference[] = []
  private readonly parameters: string[] = []
  private depth = 0

  constructor(private readonly source: string) {}

  compile(node: Node): Evaluate {
    const compile = COMPILERS[node.type]
    if (compile === undefined) throw this.refuse(node, `${describeNode(node)} cannot be used in an expression`)
    this.depth += 1
    if (this.depth > MAX_SOURCE_DEPTH * 4) throw this.refuse(node, 'The expression is nested too deeply')
    const evaluate = compile(this, node)
    this.depth -= 1
    return (environment) => {
      environment.budget.burn(1)
      try {
        return evaluate(environment)
      } catch (error) {
        throw failureAt(error, this.source, node.start)
      }
    }
  }

  refuse(node: Node, message: string): ExpressionSyntaxError {
    return new ExpressionSyntaxError(message, node.start)
  }

  missing(node: Node): Error {
    const text = this.source.slice(node.start, node.end)
    return missing(text.length > 60 ? 'The part before' : text, node.start, this.source)
  }

  /** The path of a chain of plain names from a root, when the node is no more than that. */
  plainPath(node: Node): Reference | undefined {
    if (node.type === 'Identifier') {
      const { name } = node as Identifier
      return isRoot(name) && !this.parameters.includes(name) ? [name] : undefined
    }
    if (node.type !== 'MemberExpression') return undefined
    const { object, property, computed, optional } = node as MemberExpression
    if (computed || optional || property.type !== 'Identifier' || isForbiddenKey(property.name)) return undefined
    const path = this.plainPath(object)
    return path === undefined ? undefined : [...path, property.name]
  }

  /** Compiles with further parameters in sight; gives the index of the first. */
  withParameters(names: readonly string[], compile: () => Evaluate): { evaluate: Evaluate; first: number } {
    const first = this.parameters.length
    this.parameters.push(...names)
    const evaluate = compile()
    this.parameters.length = first
    return { evaluate, first }
  }

  parameterIndex(name: string): number {
    return this.parameters.lastIndexOf(name)
  }
}

type CompileNode = (compiler: NodeCompiler, node: Node) => Evaluate

/** The allow-list. Each entry is called with nodes of its own type only, hence the casts. */
const COMPILERS: Readonly<Record<string, CompileNode>> = {
  Literal: (compiler, node) => compileLiteral(compiler, node as Literal),
  Identifier: (compiler, node) => compileIdentifier(compiler, node as Identifier),
  MemberExpression: (compiler, node) => compileMember(compiler, node as MemberExpression),
  ChainExpression: (compiler, node) => compileChain(compiler, node as ChainExpression),
  CallExpression: (compiler, node) => compileCall(compiler, node as CallExpression),
  UnaryExpression: (compiler, node) => compileUnary(compiler, node as UnaryExpression),
  BinaryExpression: (compiler, node) => compileBinary(compiler, node as BinaryExpression),
  LogicalExpression: (compiler, node) => compileLogical(compiler, node as LogicalExpression),
  ConditionalExpression: (compiler, node) => compileConditional(compiler, node as ConditionalExpression),
  TemplateLiteral: (compiler, node) => compileTemplateLiteral(compiler, node as TemplateLiteral),
  ArrayExpression: (compiler, node) => compileArray(compiler, node as ArrayExpression),
  ObjectExpression: (compiler, node) => compileObject(compiler, node as ObjectExpression),
  ParenthesizedExpression: (compiler, node) => compiler.compile((node as ParenthesizedExpression).expression),
}

function compileLiteral(compiler: NodeCompiler, node: Literal): Evaluate {
  const { value } = node
  if (typeof value === 'bigint' || value instanceof RegExp || node.regex !== undefined) {
    throw compiler.refuse(node, 'Use matches(text, pattern) for regular expressions, and plain numbers')
  }
  return () => value
}

function compileIdentifier(compiler: NodeCompiler, node: Identifier): Evaluate {
  const index = compiler.parameterIndex(node.name)
  if (index >= 0) return ({ parameters }) => parameters[index]
  if (node.name === 'undefined') return () => undefined
  if (!isRoot(node.name)) {
    throw compiler.refuse(node, `"${node.name}" is not known here; expressions see ${ROOTS.join(', ')}`)
  }
  const root = node.name
  compiler.references.push([root])
  return ({ scope }) => scope[root]
}

function compileMember(compiler: NodeCompiler, node: MemberExpression): Evaluate {
  const path = compiler.plainPath(node)
  const object = compiler.compile(node.object)
  if (path !== undefined) {
    compiler.references.pop()
    compiler.references.push(path)
  }
  const key = memberKey(compiler, node)
  return (environment) => {
    const target = object(environment)
    if (target === SHORT) return SHORT
    if (target === null || target === undefined) {
      if (node.optional) return SHORT
      throw compiler.missing(node.object)
    }
    return readProperty(target, key(environment))
  }
}

function memberKey(compiler: NodeCompiler, node: MemberExpression): Evaluate {
  if (node.computed) return compiler.compile(node.property)
  if (node.property.type !== 'Identifier') throw compiler.refuse(node, 'Private names cannot be used in an expression')
  const { name } = node.property
  if (isForbiddenKey(name)) throw compiler.refuse(node.property, `The name "${name}" is not allowed`)
  return () => name
}

function compileChain(compiler: NodeCompiler, node: ChainExpression): Evaluate {
  const inner = compiler.compile(node.expression)
  return (environment) => {
    const value = inner(environment)
    return value === SHORT ? undefined : value
  }
}

function compileCall(compiler: NodeCompiler, node: CallExpression): Evaluate {
  const { callee } = node
  if (callee.type === 'Identifier') return compileFunctionCall(compiler, node, callee)
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    return compileMethodCall(compiler, node, callee)
  }
  throw compiler.refuse(node, 'Only library functions and methods by name can be called')
}

function compileFunctionCall(compiler: NodeCompiler, node: CallExpression, callee: Identifier): Evaluate {
  const { name } = callee
  const found = Object.hasOwn(EXPRESSION_LIBRARY, name) ? EXPRESSION_LIBRARY[name] : undefined
  if (found === undefined) throw compiler.refuse(callee, `There is no function "${name}"`)
  const [least, most] = found.arity
  if (node.arguments.length < least || node.arguments.length > most) {
    throw compiler.refuse(node, `${name} is called as ${found.signature}`)
  }
  const args = compileArguments(compiler, node.arguments)
  return (environment) => callFunction(EXPRESSION_LIBRARY, name, args(environment), environment.budget)
}

function compileMethodCall(compiler: NodeCompiler, node: CallExpression, callee: MemberExpression): Evaluate {
  // The caller has seen that the property is a plain name.
  const { name } = callee.property as Identifier
  if (!METHOD_NAMES.has(name)) throw compiler.refuse(callee.property, `There is no method "${name}"`)
  const target = compiler.compile(callee.object)
  const args = compileArguments(compiler, node.arguments)
  return (environment) => {
    const value = target(environment)
    if (value === SHORT) return SHORT
    if (value === null || value === undefined) {
      if (callee.optional) return SHORT
      throw compiler.missing(callee.object)
    }
    return callMethod(value, name, args(environment), environment.budget)
  }
}

type Arguments = (environment: Environment) => unknown[]

function compileArguments(compiler: NodeCompiler, nodes: readonly (Expression | SpreadElement)[]): Arguments {
  const args = nodes.map((node) => {
    if (node.type === 'SpreadElement') throw compiler.refuse(node, 'Arguments cannot be spread')
    return node.type === 'ArrowFunctionExpression' ? compileArrow(compiler, node) : compiler.compile(node)
  })
  return (environment) => args.map((argument) => argument(environment))
}

function compileArrow(compiler: NodeCompiler, node: ArrowFunctionExpression): Evaluate {
  if (node.async || node.body.type === 'BlockStatement') {
    throw compiler.refuse(node, 'A function here is a single expression, such as `x => x.name`')
  }
  const names = node.params.map((parameter) => {
    if (parameter.type !== 'Identifier') throw compiler.refuse(parameter, 'Parameters are plain names')
    return parameter.name
  })
  const { body } = node
  const { evaluate, first } = compiler.withParameters(names, () => compiler.compile(body))
  return (environment) =>
    new Lambda((...values) => {
      // Slots are fixed at compile time: an arrow function cannot name itself, so it never runs inside itself.
      for (let i = 0; i < names.length; i++) environment.parameters[first + i] = values[i]
      return plain(evaluate(environment))
    })
}

function compileUnary(compiler: NodeCompiler, node: UnaryExpression): Evaluate {
  const operator = UNARY_OPERATORS[node.operator]
  if (operator === undefined) throw compiler.refuse(node, `"${node.operator}" cannot be used in an expression`)
  const argument = compiler.compile(node.argument)
  return (environment) => operator(argument(environment))
}

function compileBinary(compiler: NodeCompiler, node: BinaryExpression): Evaluate {
  const operator = BINARY_OPERATORS[node.operator]
  if (operator === undefined) throw compiler.refuse(node, `"${node.operator}" cannot be used in an expression`)
  const left = compiler.compile(node.left)
  const right = compiler.compile(node.right)
  return (environment) => operator(left(environment), right(environment), environment.budget)
}

function compileLogical(compiler: NodeCompiler, node: LogicalExpression): Evaluate {
  const left = compiler.compile(node.left)
  const right = compiler.compile(node.right)
  if (node.operator === '&&') return (environment) => left(environment) && right(environment)
  if (node.operator === '||') return (environment) => left(environment) || right(environment)
  return (environment) => left(environment) ?? right(environment)
}

function compileConditional(compiler: NodeCompiler, node: ConditionalExpression): Evaluate {
  const test = compiler.compile(node.test)
  const consequent = compiler.compile(node.consequent)
  const alternate = compiler.compile(node.alternate)
  return (environment) => (test(environment) ? consequent(environment) : alternate(environment))
}

function compileTemplateLiteral(compiler: NodeCompiler, node: TemplateLiteral): Evaluate {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '')
  const values = node.expressions.map((expression) => compiler.compile(expression))
  return (environment) => {
    let text = texts[0] ?? ''
    for (let i = 0; i < values.length; i++) {
      text += toText(values[i]?.(environment)) + (texts[i + 1] ?? '')
      environment.budget.allow(text.length)
    }
    return text
  }
}

function compileArray(compiler: NodeCompiler, node: ArrayExpression): Evaluate {
  const parts = node.elements.map((element) => {
    if (element === null) throw compiler.refuse(node, 'A list cannot have holes')
    const spread = element.type === 'SpreadElement'
    return { spread, evaluate: compiler.compile(spread ? element.argument : element) }
  })
  return (environment) => {
    const list: unknown[] = []
    for (const { spread, evaluate } of parts) {
      const value = plain(evaluate(environment))
      if (!spread) list.push(value)
      else if (Array.isArray(value)) {
        environment.budget.allow(list.length + value.length)
        for (const item of value) list.push(item)
      } else throw new ValueError('Only a list can be spread into a list')
    }
    return list
  }
}

function compileObject(compiler: NodeCompiler, node: ObjectExpression): Evaluate {
  const parts = node.properties.map((property) =>
    property.type === 'SpreadElement' ? compileSpread(compiler, property) : compileProperty(compiler, property),
  )
  return (environment) => {
    const object: Record<string, unknown> = {}
    for (const part of parts) part(object, environment)
    return object
  }
}

type FillObject = (object: Record<string, unknown>, environment: Environment) => void

function compileSpread(compiler: NodeCompiler, node: SpreadElement): FillObject {
  const evaluate = compiler.compile(node.argument)
  return (object, environment) => {
    const value = evaluate(environment)
    if (value === null || value === undefined) return
    const source = asRecord(value, 'Spreading into an object')
    environment.budget.burn(Object.keys(source).length)
    for (const [key, child] of Object.entries(source)) object[assertKey(key)] = child
  }
}

function compileProperty(compiler: NodeCompiler, node: Property): FillObject {
  if (node.kind !== 'init' || node.method) throw compiler.refuse(node, 'An object here holds plain values only')
  const value = compiler.compile(node.value)
  if (node.computed) {
    const key = compiler.compile(node.key)
    return (object, environment) => {
      object[assertKey(toText(key(environment)))] = plain(value(environment))
    }
  }
  const name = node.key.type === 'Identifier' ? node.key.name : String((node.key as Literal).value)
  if (isForbiddenKey(name)) throw compiler.refuse(node.key, `The name "${name}" is not allowed`)
  return (object, environment) => {
    object[name] = plain(value(environment))
  }
}

/** What may be put into a list or object: anything but nothing (which JSON lacks) and functions. */
function plain(value: unknown): unknown {
  if (value instanceof Lambda) throw new ValueError('A function is not a value')
  return value === undefined ? null : value
}

function isRoot(name: string): name is Root {
  return (ROOTS as readonly string[]).includes(name)
}

function describeNode(node: Node): string {
  if (node.type === 'ArrowFunctionExpression') return 'A function outside a call'
  if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression') return 'An assignment'
  return isRecord(node) ? `"${node.type}"` : 'This'
}
