// Steps as text: what lies on the clipboard, so that it can be pasted into another workflow, tab or window.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { WORKFLOW_SCHEMA } from '@inlay/engine'
import { readDefinition } from '../document/read-definition.js'
import { walkSteps } from '../document/sequences.js'

export const STEPS_SCHEMA = 'inlay/steps@1'

/** Longer texts are not read, in characters. */
const MAX_LENGTH = 4_000_000

/** Why a text cannot be pasted. */
type PasteRefusal = 'empty' | 'foreign' | 'broken' | 'tooLarge'

export type Pasted =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'workflow'; readonly definition: WorkflowDefinition }
  | { readonly kind: 'refused'; readonly reason: PasteRefusal }

/** Steps as text. */
export function writeSteps(steps: readonly Step[]): string {
  return JSON.stringify({ schema: STEPS_SCHEMA, steps }, null, 2)
}

/** Reads what was pasted: steps, or a whole workflow. Never throws. */
export function readPasted(text: string): Pasted {
  if (text.trim() === '') return refused('empty')
  if (text.length > MAX_LENGTH) return refused('tooLarge')
  const document = parse(text)
  if (typeof document !== 'object' || document === null || !('schema' in document)) return refused('foreign')
  if (document.schema === WORKFLOW_SCHEMA) return readWorkflow(document)
  if (document.schema !== STEPS_SCHEMA || !('steps' in document)) return refused('foreign')
  const read = readDefinition({ schema: WORKFLOW_SCHEMA, name: '', trigger: { type: 'manual' }, steps: document.steps })
  if (!read.isReadable) return refused('broken')
  return read.definition.steps.length === 0 ? refused('empty') : { kind: 'steps', steps: read.definition.steps }
}

function readWorkflow(document: object): Pasted {
  const read = readDefinition(document)
  return read.isReadable ? { kind: 'workflow', definition: read.definition } : refused('broken')
}

function parse(text: string): unknown {
  // Most of what people have on their clipboard is no JSON at all: that is no error.
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(reason: PasteRefusal): Pasted {
  return { kind: 'refused', reason }
}

/** A document without the connections that are not known here, and how many of them there were. */
export interface Stripped<T> {
  readonly value: T
  readonly count: number
}

/** Steps without connections of other customers. */
export function stripConnections(
  steps: readonly Step[],
  isKnown: (connection: string) => boolean,
): Stripped<readonly Step[]> {
  let count = 0
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip)
    if (typeof value !== 'object' || value === null) return value
    const isStranger =
      'type' in value &&
      value.type === 'action' &&
      'connector' in value &&
      'connection' in value &&
      !isKnown(String(value.connection))
    if (isStranger) count++
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !(isStranger && key === 'connection'))
        .map(([key, child]) => [key, strip(child)]),
    )
  }
  // Only optional fields are taken out, so the steps keep their type.
  return { value: strip(steps) as readonly Step[], count }
}

/** A workflow without connections of other customers, its trigger's among them. */
export function stripWorkflow(
  definition: WorkflowDefinition,
  isKnown: (connection: string) => boolean,
): Stripped<WorkflowDefinition> {
  const { value: steps, count } = stripConnections(definition.steps, isKnown)
  const { trigger } = definition
  const isStranger = trigger.type === 'connector' && trigger.connection !== undefined && !isKnown(trigger.connection)
  if (!isStranger) return { value: { ...definition, steps }, count }
  const { connection: _stranger, ...rest } = trigger
  return { value: { ...definition, steps, trigger: rest }, count: count + 1 }
}

/** Connections that a definition uses. */
export function connectionsOf(definition: WorkflowDefinition): ReadonlySet<string> {
  const { trigger } = definition
  const used = [...walkSteps(definition)].flatMap(({ step }) =>
    step.type === 'action' && step.connection !== undefined ? [step.connection] : [],
  )
  return new Set(
    trigger.type === 'connector' && trigger.connection !== undefined ? [...used, trigger.connection] : used,
  )
}
