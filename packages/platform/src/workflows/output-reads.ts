/** Which places of a trigger's and of each step's output the expressions of a definition read. */
import {
  compileExpression,
  compileTemplate,
  type JsonValue,
  type Reference,
  type WorkflowDefinition,
} from '@inlay/engine'

/** Paths inside outputs; an empty one reads all of it. */
export interface OutputReads {
  readonly trigger: readonly (readonly string[])[]
  /** By step id. */
  readonly steps: ReadonlyMap<string, readonly (readonly string[])[]>
}

/** Fields whose text is an expression even without braces. */
const EXPRESSION_FIELDS = new Set(['if', 'condition', 'items', 'match', 'filter', 'until'])

/** Reads every expression of a definition; those that do not compile read nothing. */
export function outputReads(definition: WorkflowDefinition): OutputReads {
  const trigger: string[][] = []
  const steps = new Map<string, string[][]>()
  // A definition is the JSON that it was parsed from.
  for (const [root, ...path] of references(definition as unknown as JsonValue, '')) {
    if (root === 'trigger') trigger.push(path)
    const [id, part, ...rest] = path
    if (root === 'steps' && id !== undefined && (part === 'output' || part === undefined)) {
      steps.set(id, [...(steps.get(id) ?? []), rest])
    }
  }
  return { trigger, steps }
}

function references(value: JsonValue, field: string): Reference[] {
  if (typeof value === 'string') {
    const isBare = EXPRESSION_FIELDS.has(field) && !value.includes('{{')
    return (isBare ? compileExpression(value) : compileTemplate(value)).uses.map(({ reference }) => reference)
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => references(child, Array.isArray(value) ? field : key))
}
