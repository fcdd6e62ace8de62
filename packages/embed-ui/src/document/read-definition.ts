// The door for drafts: what the server stores may not compile, and may even lack the shape that the canvas draws.
import type { StepType, WorkflowDefinition } from '@inlay/engine'
import { walkSteps } from './sequences.js'
import { isStepType } from './step-types.js'

export type ReadResult =
  | { readonly isReadable: true; readonly definition: WorkflowDefinition }
  /** `reason`: the place that keeps it from being drawn, as the document calls it: people of any language can look there. */
  | { readonly isReadable: false; readonly reason: string }

type ReadFields = (step: Readonly<Record<string, unknown>>) => string | undefined

const WAITS = ['event', 'approval', 'callback'] as const

const STEP_FIELDS: Readonly<Record<StepType, ReadFields>> = {
  action: (step) => need(isRecord(step['input']) && isText(step['connector']) && isText(step['action']), 'input'),
  set: (step) => need(isRecord(step['values']), 'values'),
  branch: (step) => {
    const { cases } = step
    if (!Array.isArray(cases) || cases.length === 0) return 'cases'
    const bad = cases.map((each) => (isRecord(each) && isText(each['if']) ? readSteps(each['steps']) : 'cases'))
    return bad.find(Boolean) ?? readOptional(step['else'])
  },
  parallel: (step) =>
    isRecord(step['branches']) ? Object.values(step['branches']).map(readSteps).find(Boolean) : 'branches',
  forEach: (step) => need(step['items'] !== undefined, 'items') ?? readSteps(step['steps']),
  while: (step) =>
    need(isText(step['condition']) && isNumber(step['max']), 'condition, max') ?? readSteps(step['steps']),
  wait: (step) =>
    need(isText(step['for']) || step['until'] !== undefined || WAITS.some((kind) => isRecord(step[kind])), 'for') ??
    readOptional(step['steps']),
  call: (step) => need(isText(step['workflow']), 'workflow'),
  code: (step) => need(isText(step['source']), 'source'),
  publish: (step) => need(isText(step['event']), 'event'),
  split: (step) => {
    const { variants } = step
    if (!Array.isArray(variants) || variants.length === 0) return 'variants'
    const isWhole = (each: unknown) => isRecord(each) && isText(each['name']) && isNumber(each['weight'])
    return variants.map((each) => (isWhole(each) ? readSteps(each.steps) : 'variants')).find(Boolean)
  },
  try: (step) => readSteps(step['steps']) ?? readOptional(step['catch']) ?? readOptional(step['finally']),
  respond: () => undefined,
  stop: (step) => need(isText(step['outcome']), 'outcome'),
}

/** Whether a document can be drawn and edited step by step, and if not, why. Says nothing about whether it compiles. */
export function readDefinition(document: unknown): ReadResult {
  if (!isRecord(document)) return { isReadable: false, reason: '{ … }' }
  if (!isRecord(document['trigger']) || !isText(document['trigger']['type'])) {
    return { isReadable: false, reason: 'trigger' }
  }
  const reason = readSteps(document['steps'])
  if (reason !== undefined) return { isReadable: false, reason }
  // Checked above as far as the builder relies on it; the server says the rest as issues.
  const definition = document as unknown as WorkflowDefinition
  const duplicate = firstDuplicate(definition)
  return duplicate === undefined ? { isReadable: true, definition } : { isReadable: false, reason: duplicate }
}

function readSteps(steps: unknown): string | undefined {
  if (!Array.isArray(steps)) return 'steps'
  return steps.map(readStep).find(Boolean)
}

function readOptional(steps: unknown): string | undefined {
  return steps === undefined ? undefined : readSteps(steps)
}

function readStep(step: unknown): string | undefined {
  if (!isRecord(step) || !isText(step['id']) || !isText(step['type'])) return 'id, type'
  const { type, onError, compensate } = step
  if (!isStepType(type)) return `${step['id']} › type: ${type}`
  const reason =
    STEP_FIELDS[type](step) ??
    (isRecord(onError) ? readSteps(onError['fallback']) : undefined) ??
    (compensate === undefined ? undefined : readStep(compensate))
  return reason === undefined ? undefined : `${step['id']} › ${reason}`
}

function firstDuplicate(definition: WorkflowDefinition): string | undefined {
  const seen = new Set<string>()
  for (const { step } of walkSteps(definition)) {
    if (seen.has(step.id)) return `id: ${step.id}`
    seen.add(step.id)
  }
  return undefined
}

function need(isThere: boolean, field: string): string | undefined {
  return isThere ? undefined : field
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
