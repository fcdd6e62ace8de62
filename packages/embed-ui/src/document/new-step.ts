import type { JsonObject, Step } from '@inlay/engine'
import type { LogicKind } from './step-types.js'

/** The steps that steer a run, grouped in the order in which they are offered. */
export const LOGIC_GROUPS = {
  data: ['set', 'code'],
  flow: ['branch', 'parallel', 'forEach', 'while', 'try', 'split', 'stop'],
  wait: ['wait', 'waitUntil', 'waitEvent', 'approval', 'callback'],
  connect: ['call', 'publish', 'respond'],
} as const satisfies Record<string, readonly LogicKind[]>

/** What a new step should be. */
export type NewStep =
  | { readonly type: 'logic'; readonly kind: LogicKind }
  | { readonly type: 'action'; readonly connector: string; readonly action: string; readonly input: JsonObject }

const WORDS: Readonly<Record<LogicKind, string>> = {
  set: 'values',
  code: 'code',
  branch: 'check',
  parallel: 'together',
  forEach: 'each',
  while: 'repeat',
  try: 'attempt',
  split: 'split',
  stop: 'stop',
  wait: 'wait',
  waitUntil: 'wait',
  waitEvent: 'event',
  approval: 'approval',
  callback: 'callback',
  call: 'call',
  publish: 'publish',
  respond: 'answer',
}

/** Words that the id of a new step is made from. */
export function idWords(step: NewStep): string {
  return step.type === 'action' ? step.action : WORDS[step.kind]
}

/** A new step with the least that makes it whole. */
export function makeStep(wanted: NewStep, id: string): Step {
  if (wanted.type === 'logic') return makeLogicStep(wanted.kind, id)
  return { id, type: 'action', connector: wanted.connector, action: wanted.action, input: wanted.input }
}

const FIRST_SOURCE = `// What this returns is the step's output.
return { total: input.total }
`

/** Of each kind, what a new step is besides its id. */
const MAKERS: Readonly<Record<LogicKind, (id: string) => Step>> = {
  set: (id) => ({ id, type: 'set', values: {} }),
  code: (id) => ({ id, type: 'code', source: FIRST_SOURCE, input: {} }),
  branch: (id) => ({ id, type: 'branch', cases: [{ if: '', steps: [] }], else: [] }),
  parallel: (id) => ({ id, type: 'parallel', branches: { a: [], b: [] } }),
  forEach: (id) => ({ id, type: 'forEach', items: '', steps: [] }),
  while: (id) => ({ id, type: 'while', condition: '', max: 100, steps: [] }),
  try: (id) => ({ id, type: 'try', steps: [], catch: [] }),
  split: (id) => ({
    id,
    type: 'split',
    variants: ['A', 'B'].map((name) => ({ name, weight: 50, steps: [] })),
  }),
  stop: (id) => ({ id, type: 'stop', outcome: 'succeeded' }),
  wait: (id) => ({ id, type: 'wait', for: '5m' }),
  waitUntil: (id) => ({ id, type: 'wait', until: '' }),
  waitEvent: (id) => ({ id, type: 'wait', event: { name: '', timeout: '7d' } }),
  approval: (id) => ({ id, type: 'wait', approval: { title: '', timeout: '7d' } }),
  callback: (id) => ({ id, type: 'wait', callback: { timeout: '1d' } }),
  call: (id) => ({ id, type: 'call', workflow: '' }),
  publish: (id) => ({ id, type: 'publish', event: '' }),
  respond: (id) => ({ id, type: 'respond', status: 200, body: { ok: true } }),
}

function makeLogicStep(kind: LogicKind, id: string): Step {
  return MAKERS[kind](id)
}
