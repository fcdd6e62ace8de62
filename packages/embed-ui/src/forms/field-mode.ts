// A field holds a value, or an expression that gives one. What it holds is kept as far as can be when people switch.
import type { JsonValue } from '@inlay/engine'
import { isTemplate, splitTemplate } from '../expressions/template.js'

export type FieldMode = 'value' | 'expression'

/** The one expression that a text is, without its braces; undefined when it is anything else. */
export function soleExpression(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const tokens = splitTemplate(value.trim())
  const [only] = tokens
  return tokens.length === 1 && only !== undefined && only.kind !== 'text' ? only.source : undefined
}

/** An expression as a field holds it; nothing for an empty one. */
export function expressionValue(source: string): string | undefined {
  return source.trim() === '' ? undefined : `{{ ${source.trim()} }}`
}

/**
 * How a field is shown at first. Texts show data between words, and so all but calculations.
 *
 * @param isText whether the field holds texts
 */
export function modeOf(value: JsonValue | undefined, isText: boolean): FieldMode {
  if (typeof value !== 'string' || !isTemplate(value)) return 'value'
  if (!isText) return 'expression'
  const tokens = splitTemplate(value.trim())
  return tokens.length === 1 && tokens[0]?.kind === 'expression' ? 'expression' : 'value'
}

/** What a field holds once it is switched to an expression: one that gives what the field held. */
export function toExpression(value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === '') return undefined
  if (soleExpression(value) !== undefined) return value
  return expressionValue(literal(value))
}

/** A value as an expression writes it, with the expressions inside of it in their places. */
function literal(value: JsonValue): string {
  if (typeof value === 'string') {
    if (!isTemplate(value)) return JSON.stringify(value)
    const source = soleExpression(value)
    return source === undefined ? templateLiteral(value) : source
  }
  // What Array.isArray admits of JSON is a list of JSON values.
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(literal).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${literal(each)}`)
    .join(',')}}`
}

/** A text with data in it as JavaScript writes it: `Hi {{ name }}` is `Hi ${name}` between backticks. */
function templateLiteral(text: string): string {
  const inner = splitTemplate(text).map((token) =>
    token.kind === 'text' ? token.text.replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`) : `\${${token.source}}`,
  )
  return `\`${inner.join('')}\``
}

/**
 * What a field holds once it is switched back: the value when the expression is nothing else.
 *
 * @param isText texts keep data between words, too
 */
export function toValue(value: JsonValue | undefined, isText: boolean): JsonValue | undefined {
  const source = soleExpression(value)
  if (source === undefined) return isText ? value : undefined
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(source) as JsonValue
  } catch {
    return isText ? (readTemplateLiteral(source) ?? value) : undefined
  }
}

function readTemplateLiteral(source: string): string | undefined {
  const inner = /^`((?:[^`\\]|\\.)*)`$/s.exec(source)?.[1]
  if (inner === undefined) return undefined
  let isWhole = true
  const text = inner.replace(/\\([\\`$])|\$\{([^{}]*)\}|\$\{/g, (whole, escaped?: string, expression?: string) => {
    if (escaped !== undefined) return escaped
    if (expression !== undefined) return `{{ ${expression.trim()} }}`
    isWhole = false
    return whole
  })
  return isWhole ? text : undefined
}
