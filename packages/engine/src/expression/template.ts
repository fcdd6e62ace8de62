import type { JsonValue } from '../contracts/json.js'
import { forbiddenName } from './compile-context.js'
import { Evaluation } from './evaluation.js'
import { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.js'
import type { CompiledExpression } from './nodes.js'
import { compileBare, compileText, type TextPart } from './text-template.js'
import type { CompiledTemplate, ExpressionScope, ReferenceUse, TemplateIssue } from './types.js'
import { isForbiddenKey } from './values.js'

/** What compiling a template gives: the template, or every issue in it. */
export type TemplateResult = (
  | { readonly ok: true; readonly template: CompiledTemplate }
  | { readonly ok: false; readonly issues: readonly TemplateIssue[] }
) & {
  /** What the expressions that can be read refer to, and where. */
  readonly uses: readonly ReferenceUse[]
}

/** How a template is compiled. */
export interface TemplateOptions {
  /** Bounds of each evaluation. @default EXPRESSION_LIMITS */
  readonly limits?: Partial<ExpressionLimits>
}

/** What is collected while a document is walked. */
interface Collected {
  readonly uses: ReferenceUse[]
  readonly issues: TemplateIssue[]
}

/** The part that computes a value, or undefined when the value holds no expression. */
type Part = ((evaluation: Evaluation) => unknown) | undefined

/**
 * Compiles every `{{ … }}` in a JSON document. A string that is one expression keeps the value's type; an expression
 * among other text becomes text. Never throws for bad input: all issues come back at once.
 *
 * @example
 * const compiled = compileTemplate({ text: 'Order {{ trigger.body.id }}' })
 * if (compiled.ok) compiled.template.evaluate(scope) // { text: 'Order 17' }
 */
export function compileTemplate(document: JsonValue, options: TemplateOptions = {}): TemplateResult {
  const collected: Collected = { uses: [], issues: [] }
  const limits = { ...EXPRESSION_LIMITS, ...options.limits }
  if (typeof document === 'string') return finish(compileText(document, '', collected), document, { collected, limits })
  const part = compileValue(document, '', collected)
  const text: TextPart | undefined = part && { kind: 'computed', evaluate: part }
  return finish(text, document, { collected, limits })
}

/** Compiles a condition or list: exactly one expression, with or without `{{ }}` around it. */
export function compileExpression(source: string, options: TemplateOptions = {}): TemplateResult {
  const collected: Collected = { uses: [], issues: [] }
  const limits = { ...EXPRESSION_LIMITS, ...options.limits }
  return finish(compileBare(source, collected), source, { collected, limits })
}

interface Compilation {
  readonly collected: Collected
  readonly limits: ExpressionLimits
}

function finish(
  compiled: CompiledExpression | undefined,
  document: JsonValue,
  { collected: { uses, issues }, limits }: Compilation,
): TemplateResult {
  if (issues.length > 0) return { ok: false, issues, uses }
  const isStatic = compiled === undefined
  const references = uses.map(({ reference }) => reference)
  const evaluate = isStatic ? () => document : evaluator(compiled, limits)
  return { ok: true, template: { isStatic, references, evaluate }, uses }
}

/** Parts are built from plain data and checked expressions only, so their results are JSON once undefined is null. */
function evaluator(compiled: CompiledExpression, limits: ExpressionLimits): (scope: ExpressionScope) => JsonValue {
  if (compiled.kind === 'path') {
    const { read } = compiled
    return (scope) => (read(scope) ?? null) as JsonValue
  }
  if (compiled.kind === 'constant') {
    const value = (compiled.value ?? null) as JsonValue
    return () => value
  }
  const { evaluate } = compiled
  return (scope) => (evaluate(new Evaluation(scope, limits)) ?? null) as JsonValue
}

function compileValue(value: JsonValue, pointer: string, collected: Collected): Part {
  if (typeof value === 'string') return asPart(compileText(value, pointer, collected))
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value)
    ? compileList(value, pointer, collected)
    : compileFields(Object.entries(value), pointer, collected)
}

function asPart(compiled: TextPart | undefined): Part {
  if (compiled === undefined) return undefined
  return compiled.kind === 'constant' ? () => compiled.value : compiled.evaluate
}

function compileList(list: readonly JsonValue[], pointer: string, collected: Collected): Part {
  const parts = list.map((item, index) => compileValue(item, `${pointer}/${index}`, collected))
  if (parts.every((part) => part === undefined)) return undefined
  return (evaluation) => parts.map((part, index) => (part === undefined ? list[index] : (part(evaluation) ?? null)))
}

function compileFields(
  entries: readonly (readonly [string, JsonValue])[],
  pointer: string,
  collected: Collected,
): Part {
  const fields = entries.map(([key, value]) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (isForbiddenKey(key)) {
      collected.issues.push({ ...forbiddenName(key), pointer: place, offset: 0 })
    }
    return { key, value, part: compileValue(value, place, collected) }
  })
  if (fields.every(({ part }) => part === undefined)) return undefined
  return (evaluation) => {
    const object: Record<string, unknown> = {}
    for (const { key, value, part } of fields) object[key] = part === undefined ? value : (part(evaluation) ?? null)
    return object
  }
}
