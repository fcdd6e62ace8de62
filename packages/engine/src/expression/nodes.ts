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
  TemplateLiteral,
  UnaryExpression,
} from 'acorn'
import { compileCall } from './calls.js'
import { type CompileContext, forbiddenName, placed, refuse, SHORT, TOO_DEEP, unsupported } from './compile-context.js'
import { compileArray, compileObject } from './containers.js'
import { type Evaluate, isRoot, ROOTS } from './evaluation.js'
import { failureAt, type SourceText } from './failure.js'
import { spendValue, toText } from './json-text.js'
import { MAX_SOURCE_DEPTH } from './limits.js'
import { BINARY_OPERATORS, UNARY_OPERATORS } from './operators.js'
import { missing, pathReader, referenceOf, type StaticPath, staticPath, wholeRoot } from './paths.js'
import { misplacedFunction, refusalOf, unsupportedSign } from './refusals.js'
import { closestName } from './spelling.js'
import type { ExpressionScope, Reference } from './types.js'
import { isForbiddenKey, Lambda, orNull, readField, readProperty } from './values.js'

/** An expression ready to run; the kinds that need no fuel are told apart, so that they cost next to nothing. */
export type CompiledExpression =
  | { readonly kind: 'constant'; readonly value: unknown }
  | {
      readonly kind: 'path'
      readonly read: (scope: ExpressionScope) => unknown
      /** As `read`, counted: a value put into others again and again grows without bound. */
      readonly evaluate: Evaluate
    }
  | { readonly kind: 'computed'; readonly evaluate: Evaluate }

/** @throws ExpressionSyntaxError when the tree holds something that is not part of the language */
export function compileNode(
  node: Expression,
  source: SourceText,
): { readonly expression: CompiledExpression; readonly uses: readonly NodeUse[] } {
  const compiler = new NodeCompiler(source)
  const evaluate = compiler.compile(node)
  const { uses } = compiler
  const counted = placed(compiler, node, (evaluation) => {
    const value = evaluate(evaluation)
    // A list or object may hold more than it seems, when it holds another in several places.
    spendValue(value, evaluation)
    return value
  })
  const path = staticPath(node, () => false)
  if (path !== undefined) {
    return { expression: { kind: 'path', read: pathReader(path, source), evaluate: counted }, uses }
  }
  if (node.type === 'Literal') return { expression: { kind: 'constant', value: node.value }, uses }
  return { expression: { kind: 'computed', evaluate: counted }, uses }
}

/** Where a node reads a place, counted from the expression's first character. */
export interface NodeUse {
  readonly reference: Reference
  readonly start: number
}

class NodeCompiler implements CompileContext {
  readonly uses: NodeUse[] = []
  private readonly parameters: string[] = []
  private depth = 0
  private nodeCount = 0

  constructor(readonly source: SourceText) {}

  compile(node: Node): Evaluate {
    const compile = Object.hasOwn(COMPILERS, node.type) ? COMPILERS[node.type] : undefined
    if (compile === undefined) throw refuse(node, refusalOf(node))
    this.nodeCount += 1
    this.depth += 1
    if (this.depth > MAX_SOURCE_DEPTH) throw refuse(node, TOO_DEEP)
    const evaluate = compile(this, node)
    this.depth -= 1
    return evaluate
  }

  compileArrow(node: ArrowFunctionExpression): Evaluate {
    const { body } = node
    if (node.async || body.type === 'BlockStatement') {
      throw refuse(node, misplacedFunction('A function here is a single expression, such as `x => x.name`'))
    }
    const names = node.params.map((parameter) => {
      if (parameter.type !== 'Identifier') throw refuse(parameter, misplacedFunction('Parameters are plain names'))
      return parameter.name
    })
    const first = this.parameters.length
    const nodesBefore = this.nodeCount
    this.parameters.push(...names)
    const evaluate = this.compile(body)
    this.parameters.length = first
    // One call costs as much as its body has nodes, so that no node has to count by itself.
    const fuel = 1 + this.nodeCount - nodesBefore
    return (evaluation) => {
      const { parameters } = evaluation
      return new Lambda((...values) => {
        evaluation.burn(fuel)
        for (let i = 0; i < names.length; i++) parameters[first + i] = values[i]
        return orNull(evaluate(evaluation))
      })
    }
  }

  parameterSlot(name: string): number {
    return this.parameters.lastIndexOf(name)
  }

  refer({ start }: Node, reference: Reference): void {
    this.uses.push({ reference, start })
  }

  staticPath(node: Node): StaticPath | undefined {
    return staticPath(node, (name) => this.parameters.includes(name))
  }
}

type CompileNode = (compiler: NodeCompiler, node: Node) => Evaluate

/** The allow-list. Each entry is called with nodes of its own type only, hence the casts. */
const COMPILERS: Readonly<Record<string, CompileNode>> = {
  Literal: (_, node) => compileLiteral(node as Literal),
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
}

function compileLiteral(node: Literal): Evaluate {
  const { value } = node
  if (node.regex !== undefined || value instanceof RegExp) {
    const message = 'Patterns are written as texts: matches(text, pattern)'
    throw refuse(node, { code: 'expression.pattern_literal', message })
  }
  if (typeof value === 'bigint') throw refuse(node, unsupported('Only plain numbers can be used', '1n'))
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refuse(node, { code: 'expression.number_too_large', message: 'The number is too large' })
  }
  return () => value
}

function compileIdentifier(compiler: NodeCompiler, node: Identifier): Evaluate {
  const slot = compiler.parameterSlot(node.name)
  if (slot >= 0) return ({ parameters }) => parameters[slot]
  if (node.name === 'undefined') return () => undefined
  if (!isRoot(node.name)) {
    const close = closestName(node.name, ROOTS)
    const hint = close === undefined ? `expressions see ${ROOTS.join(', ')}` : `did you mean "${close}"?`
    throw refuse(node, {
      code: 'expression.unknown_name',
      message: `"${node.name}" is not known here; ${hint}`,
      details: { name: node.name, ...(close === undefined ? {} : { suggestion: close }) },
    })
  }
  const root = node.name
  compiler.refer(node, [root])
  return ({ scope }) => wholeRoot(scope, root)
}

function compileMember(compiler: NodeCompiler, node: MemberExpression): Evaluate {
  const path = compiler.staticPath(node)
  if (path === undefined) return compileHop(compiler, node)
  if (path.hops.every(({ optional }) => !optional)) return compilePath(compiler, node, path)
  // The beginning of a longer chain with `?.`: hop by hop, so that the mark of a short circuit is handed on.
  const known = compiler.uses.length
  const evaluate = compileHop(compiler, node)
  compiler.uses.length = known
  compiler.refer(node, referenceOf(path))
  return evaluate
}

function compilePath(compiler: NodeCompiler, node: Node, path: StaticPath): Evaluate {
  compiler.refer(node, referenceOf(path))
  const read = pathReader(path, compiler.source)
  return ({ scope }) => read(scope)
}

function compileHop(compiler: CompileContext, node: MemberExpression): Evaluate {
  const object = compiler.compile(node.object)
  const read = memberReader(compiler, node)
  const { source } = compiler
  const { optional } = node
  // Places are copied out of nodes, so that a compiled template does not keep its syntax tree alive.
  const span = { start: node.object.start, end: node.object.end }
  return (evaluation) => {
    const target = object(evaluation)
    if (target === SHORT) return SHORT
    if (target !== null && target !== undefined) return read(target, evaluation)
    if (optional) return SHORT
    throw missing({ value: target, source, span })
  }
}

type ReadMember = (target: unknown, evaluation: Parameters<Evaluate>[0]) => unknown

function memberReader(compiler: CompileContext, node: MemberExpression): ReadMember {
  const { property } = node
  if (!node.computed) {
    if (property.type !== 'Identifier')
      throw refuse(node, unsupported('Private names cannot be used in an expression', '#'))
    const { name } = property
    if (isForbiddenKey(name)) throw refuse(property, forbiddenName(name))
    return (target) => readField(target, name)
  }
  if (property.type === 'Literal' && typeof property.value === 'string' && isForbiddenKey(property.value)) {
    throw refuse(property, forbiddenName(property.value))
  }
  const key = compiler.compile(property)
  const { source } = compiler
  const span = { start: property.start, end: property.end }
  return (target, evaluation) => {
    const name = key(evaluation)
    try {
      return readProperty(target, name)
    } catch (error) {
      throw failureAt(error, source, span)
    }
  }
}

function compileChain(compiler: NodeCompiler, node: ChainExpression): Evaluate {
  const path = compiler.staticPath(node.expression)
  if (path !== undefined) return compilePath(compiler, node, path)
  const inner = compiler.compile(node.expression)
  return (evaluation) => {
    const value = inner(evaluation)
    return value === SHORT ? undefined : value
  }
}

function compileUnary(compiler: NodeCompiler, node: UnaryExpression): Evaluate {
  const operator = Object.hasOwn(UNARY_OPERATORS, node.operator) ? UNARY_OPERATORS[node.operator] : undefined
  if (operator === undefined) throw refuse(node, unsupportedSign(node.operator))
  const argument = compiler.compile(node.argument)
  return placed(compiler, node, (evaluation) => operator(argument(evaluation)))
}

function compileBinary(compiler: NodeCompiler, node: BinaryExpression): Evaluate {
  const operator = Object.hasOwn(BINARY_OPERATORS, node.operator) ? BINARY_OPERATORS[node.operator] : undefined
  if (operator === undefined) throw refuse(node, unsupportedSign(node.operator))
  const left = compiler.compile(node.left)
  const right = compiler.compile(node.right)
  return placed(compiler, node, (evaluation) => operator(left(evaluation), right(evaluation), evaluation))
}

function compileLogical(compiler: NodeCompiler, node: LogicalExpression): Evaluate {
  const left = compiler.compile(node.left)
  const right = compiler.compile(node.right)
  if (node.operator === '&&') return (evaluation) => left(evaluation) && right(evaluation)
  if (node.operator === '||') return (evaluation) => left(evaluation) || right(evaluation)
  return (evaluation) => left(evaluation) ?? right(evaluation)
}

function compileConditional(compiler: NodeCompiler, node: ConditionalExpression): Evaluate {
  const test = compiler.compile(node.test)
  const consequent = compiler.compile(node.consequent)
  const alternate = compiler.compile(node.alternate)
  return (evaluation) => (test(evaluation) ? consequent(evaluation) : alternate(evaluation))
}

function compileTemplateLiteral(compiler: NodeCompiler, node: TemplateLiteral): Evaluate {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '')
  const values = node.expressions.map((expression) => compiler.compile(expression))
  return placed(compiler, node, (evaluation) => {
    let text = texts[0] ?? ''
    for (let i = 0; i < values.length; i++) {
      text += toText(values[i]?.(evaluation), evaluation) + (texts[i + 1] ?? '')
      evaluation.allowText(text.length)
    }
    return text
  })
}
