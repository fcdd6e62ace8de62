/** Makes a test of a run that went well: its input, what its calls gave, and what came of it. */
import { isTerminal, type JsonValue, type StepType } from '@inlay/engine'
import type { Run, StepRun } from '../../runs/index.js'
import { notRecordable } from './errors.js'
import type { Expectation } from './schema.js'

/** Steps that reach outside of their run, or wait for what comes from there: a test never runs them. */
const OUTSIDE: ReadonlySet<string> = new Set<StepType>(['action', 'call', 'publish', 'respond', 'wait'])

/** Bytes of JSON that a test may take. */
const MAX_BYTES = 1_048_576

export interface Recording {
  readonly input: JsonValue
  readonly pins: Readonly<Record<string, JsonValue>>
  readonly expected: Expectation
}

export function reachesOutside(type: string): boolean {
  return OUTSIDE.has(type)
}

/** @throws UserError `workflow_test.not_recordable` */
export function recordRun(run: Pick<Run, 'status' | 'trigger'>, steps: readonly StepRun[]): Recording {
  if (!isTerminal(run.status) || run.status === 'cancelled') {
    throw notRecordable('A test is made of a run that has ended by itself.')
  }
  const broken = steps.find(({ type, status }) => status === 'failed' && reachesOutside(type))
  if (broken !== undefined) {
    throw notRecordable(`The step "${broken.stepId}" failed in it. Choose a run whose calls all went well.`)
  }
  const large = steps.find(({ outputBytes }) => outputBytes !== null)
  if (large !== undefined) throw notRecordable(`What the step "${large.stepId}" gave is too large to be kept.`)
  const done = steps.filter(({ status }) => status === 'succeeded')
  const recording: Recording = {
    input: run.trigger,
    pins: outputsOf(done.filter(({ type }) => reachesOutside(type))),
    expected: {
      status: run.status === 'failed' ? 'failed' : 'succeeded',
      ran: ranSteps(steps),
      outputs: outputsOf(done.filter(({ type }) => type === 'set')),
    },
  }
  if (Buffer.byteLength(JSON.stringify(recording)) > MAX_BYTES) {
    throw notRecordable('Its data is larger than the megabyte that a test may take.')
  }
  return recording
}

/** Ids of the steps that ran, whichever way they went, in the order in which they first did. */
export function ranSteps(steps: readonly { readonly stepId: string; readonly status: string }[]): string[] {
  return [...new Set(steps.filter(({ status }) => status !== 'skipped').map(({ stepId }) => stepId))]
}

/** What each step gave last: in a loop, in its last round. */
function outputsOf(steps: readonly StepRun[]): Record<string, JsonValue> {
  return Object.fromEntries(steps.map(({ stepId, output }) => [stepId, output]))
}
