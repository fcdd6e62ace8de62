// The door for drafts: what the server stores may not compile, and may even lack the shape that the canvas draws.
import type { WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'

export type ReadResult =
  | { readonly isReadable: true; readonly definition: WorkflowDefinition }
  | { readonly isReadable: false; readonly reason: string }

const STEP_FIELDS: Readonly<Record<string, (step: Readonly<Record<string, unknown>>) => string | undefined>> = {
  action: (step) => need(isRecord(step['input']) && isText(step['connector']) && isText(step['action']), 'input'),
  set: (step) => need(isRecord(step['values']), 'values'),
  branch: (step) => {
    const { cases } = step
    if (!Array.isArray(cases) || cases.length === 0) return 'cases is missing'
    const bad = cases.map((each) =>
      isRecord(each) && isText(each['if']) ? readSteps(each['steps']) : 'a case is broken',
    )
    return bad.find(Boolean) ?? (step['else'] === undefined ? undefined : readSteps(step['else']))
  },
  parallel: (step) =>
    isRecord(step['branches']) ? Object.values(step['branches']).map(readSteps).find(Boolean) : 'branches is missing',
  forEach: (step) => need(step['items'] !== undefined, 'items') ?? readSteps(step['steps']),
  wait: (step) => need(isText(step['for']), 'for'),
  respond: () => undefined,
  stop: (step) => need(isText(step['outcome']), 'outcome'),
}

/** Whether a document can be drawn and edited step by step, and if not, why. Says nothing about whether it compiles. */
export function readDefinition(document: unknown): ReadResult {
  if (!isRecord(document)) return { isReadable: false, reason: 'it is not an object' }
  if (!isRecord(document['trigger']) || !isText(document['trigger']['type'])) {
    return { isReadable: false, reason: 'it has no trigger' }
  }
  const reason = readSteps(document['steps'])
  if (reason !== undefined) return { isReadable: false, reason }
  // Checked above as far as the builder relies on it; the server says the rest as issues.
  const definition = document as unknown as WorkflowDefinition
  const duplicate = firstDuplicate(definition)
  return duplicate === undefined ? { isReadable: true, definition } : { isReadable: false, reason: duplicate }
}

function readSteps(steps: unknown): string | undefined {
  if (!Array.isArray(steps)) return 'a list of steps is missing'
  return steps.map(readStep).find(Boolean)
}

function readStep(step: unknown): string | undefined {
  if (!isRecord(step) || !isText(step['id']) || !isText(step['type'])) return 'a step has no id or type'
  const check = Object.hasOwn(STEP_FIELDS, step['type']) ? STEP_FIELDS[step['type']] : undefined
  if (check === undefined) return `step "${step['id']}" has the unknown type "${step['type']}"`
  const { onError } = step
  const reason = check(step) ?? (isRecord(onError) ? readSteps(onError['fallback']) : undefined)
  return reason === undefined ? undefined : `step "${step['id']}": ${reason}`
}

function firstDuplicate(definition: WorkflowDefinition): string | undefined {
  const seen = new Set<string>()
  for (const { step } of walkSteps(definition)) {
    if (seen.has(step.id)) return `two steps have the id "${step.id}"`
    seen.add(step.id)
  }
  return undefined
}

function need(isThere: boolean, field: string): string | undefined {
  return isThere ? undefined : `${field} is missing`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
