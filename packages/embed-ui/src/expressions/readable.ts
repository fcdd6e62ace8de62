import type { JsonValue } from '@inlay/engine'
import { type DataPath, splitTemplate, type TemplateToken } from './template.js'

/** Gives what people call a step, by id. */
export type StepNames = (id: string) => string | undefined

/** Words for the roots of expressions. */
export type RootNames = (root: string) => string

export interface PathWords {
  /** Where the data comes from: the step's name, or the trigger. */
  readonly source: string
  /** The field within it; empty for all of it. */
  readonly field: string
}

/** A place in words: source `Order`, field `customer › email`. */
export function pathWords(path: DataPath, stepNames: StepNames, rootNames: RootNames): PathWords {
  const [root, ...rest] = path
  if (root !== 'steps' || typeof rest[0] !== 'string') return { source: rootNames(root), field: fieldWords(rest) }
  const [id, ...more] = rest
  // `output` is there in every reference to a step; it says nothing.
  const field = more[0] === 'output' ? more.slice(1) : more
  return { source: stepNames(id) ?? id, field: fieldWords(field) }
}

function fieldWords(parts: readonly (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? `#${part + 1}` : part)).join(' › ')
}

/** A template as plain words, for summaries: data by its last names, expressions as they stand. */
export function readableText(template: string, stepNames: StepNames, rootNames: RootNames): string {
  return splitTemplate(template)
    .map((token) => tokenWords(token, stepNames, rootNames))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function tokenWords(token: TemplateToken, stepNames: StepNames, rootNames: RootNames): string {
  if (token.kind === 'text') return token.text
  if (token.kind === 'expression') return shortenReferences(token.source)
  const { source, field } = pathWords(token.path, stepNames, rootNames)
  return field === '' ? source : field
}

/** An expression without the scaffolding of references: `steps.order.output.total > 50` reads `total > 50`. */
function shortenReferences(source: string): string {
  return source
    .replace(/\bsteps\??\.[a-z][a-z0-9_]*\??\.output(?:\??\.((?:[\w$]+\??\.)*[\w$]+))?/g, (whole, field?: string) =>
      field === undefined ? whole : field.replaceAll('?', ''),
    )
    .replace(/\btrigger\??\.(?:body\??\.)?((?:[\w$]+\??\.)*[\w$]+)/g, (_whole, field: string) =>
      field.replaceAll('?', ''),
    )
    .replaceAll('&&', 'and')
    .replaceAll('||', 'or')
    .replace(/===?/g, '=')
    .replace(/!==?/g, '≠')
    .replace(/>=/g, '≥')
    .replace(/<=/g, '≤')
}

/** A value in one short line. */
export function previewValue(value: JsonValue, maxLength = 60): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ')
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line
}
