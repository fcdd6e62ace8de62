/** Paths such as `steps.order.output.id`: what nearly all expressions are, so they run without fuel or allocation. */
import type { Expression, MemberExpression, Node, Super } from 'acorn'
import type { EvaluationReason } from '../contracts/evaluation.js'
import { isRoot, type Root } from './evaluation.js'
import { excerpt, failureAt, type SourceText, type Span, ValueError } from './failure.js'
import type { ExpressionScope, Reference } from './types.js'
import { isForbiddenKey, isRecord, readElement, readField } from './values.js'

/** One step of a path: the name or position that is read. */
interface Hop extends Span {
  readonly key: string | number
  /** Whether it was written with `?.`. */
  readonly optional: boolean
}

/** A chain of names known when compiling, from a root. */
export interface StaticPath {
  readonly root: Root
  readonly hops: readonly Hop[]
}

/**
 * The path that a node is, or undefined when it is anything else.
 *
 * @param isShadowed whether a name is a parameter here, and so not a root
 */
export function staticPath(node: Node, isShadowed: (name: string) => boolean): StaticPath | undefined {
  const hops: Hop[] = []
  // acorn types every node as its base type; `type` tells them apart.
  let current = unwrapChain(node as Expression | Super)
  while (current.type === 'MemberExpression') {
    const key = staticKey(current)
    if (key === undefined) return undefined
    // The place of a failure is the part that was empty: what stands before the dot.
    const { start, end } = current.object
    hops.unshift({ key, optional: current.optional, start, end })
    current = current.object
  }
  if (current.type !== 'Identifier' || !isRoot(current.name) || isShadowed(current.name)) return undefined
  return { root: current.name, hops }
}

export function referenceOf({ root, hops }: StaticPath): Reference {
  return [root, ...hops.map(({ key }) => String(key))]
}

/**
 * All that expressions see under a name. What steps give is added to `steps` for as long as the run goes on: a value that
 * held it as it is would come to hold itself.
 */
export function wholeRoot(scope: ExpressionScope, root: StaticPath['root']): unknown {
  return root === 'steps' ? { ...scope.steps } : scope[root]
}

/** @throws StepError `expression` when something on the way is empty and not read with `?.` */
export function pathReader({ root, hops }: StaticPath, source: SourceText): (scope: ExpressionScope) => unknown {
  if (hops.length === 0) return (scope) => wholeRoot(scope, root)
  return (scope) => {
    let value: unknown = scope[root]
    let owner: unknown = scope
    for (const hop of hops) {
      if (value === undefined || value === null) {
        if (hop.optional) return undefined
        throw missing({ owner, value, source, span: hop })
      }
      owner = value
      value = typeof hop.key === 'string' ? readField(value, hop.key) : readElement(value, hop.key)
    }
    return value
  }
}

interface Missing {
  /** What the empty part was read from, when that is known. */
  readonly owner?: unknown
  readonly value: unknown
  readonly source: SourceText
  /** The part that was empty. */
  readonly span: Span
}

/** The error of reading from nothing: names the part that was empty, and what there was instead. */
export function missing({ owner, value, source, span }: Missing): Error {
  const part = source.text.slice(span.start, span.end)
  const names = fieldsOf(owner)
  const among = names.length === 0 ? '' : `; there is: ${names.join(', ')}`
  const found = value === null ? 'It is null.' : `It does not exist${among}.`
  const reason: EvaluationReason = {
    code: 'evaluation.empty_part',
    message: `${part.length <= 80 ? part : 'The part before the dot'} is empty`,
    hint: `${found} Check the name, or write ?. instead of . if it may be empty.`,
    details: { part: excerpt(part, 80), ...(value === null || names.length === 0 ? {} : { names }) },
  }
  return failureAt(new ValueError(reason), source, span)
}

const MOST_NAMES = 8

/** The first names of an object's fields, and a mark when there are more. */
function fieldsOf(owner: unknown): readonly string[] {
  if (!isRecord(owner)) return []
  const names = Object.keys(owner)
  const shown = names.slice(0, MOST_NAMES).map((name) => name.slice(0, 40))
  return names.length > shown.length ? [...shown, '…'] : shown
}

function unwrapChain(node: Expression | Super): Expression | Super {
  return node.type === 'ChainExpression' ? node.expression : node
}

function staticKey({ computed, property }: MemberExpression): string | number | undefined {
  if (!computed) return property.type === 'Identifier' ? allowed(property.name) : undefined
  if (property.type !== 'Literal') return undefined
  const { value } = property
  if (typeof value === 'string') return allowed(value)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** Forbidden names are left to the compiler, which refuses them with their place. */
function allowed(name: string): string | undefined {
  return isForbiddenKey(name) ? undefined : name
}
