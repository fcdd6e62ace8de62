import { describe, expect, it } from 'vitest'
import type { StepRun } from '../data/run-types.js'
import { brokenStep, iterationLabel, recordsOf, stepOutcomes } from './outcomes.js'

const step = (stepPath: string, iteration: string, status: StepRun['status'], durationMs: number | null): StepRun => ({
  stepPath,
  stepId: stepPath.split('/').at(-1) ?? '',
  iteration,
  type: 'set',
  status,
  attempt: 1,
  input: null,
  output: null,
  outputBytes: null,
  childRunId: null,
  error: null,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  durationMs,
  wakeAt: null,
})

const steps = [
  step('loop', '0', 'running', null),
  step('loop/send', '0', 'succeeded', 20),
  step('loop/send', '1', 'failed', 30),
  step('loop/send', '10', 'running', null),
  step('first', '0', 'succeeded', 5),
]

describe('stepOutcomes', () => {
  it('sums up the iterations of a step, with failures first', () => {
    expect(stepOutcomes(steps, () => true).get('send')).toEqual({
      status: 'failed',
      durationMs: 50,
      attempt: 1,
      count: 3,
    })
  })

  it('shows one iteration, and still everything outside the loop', () => {
    const outcomes = stepOutcomes(steps, ({ stepId, iteration }) => stepId !== 'send' || iteration === '0')
    expect(outcomes.get('send')).toMatchObject({ status: 'succeeded', count: 1 })
    expect(outcomes.get('first')).toMatchObject({ status: 'succeeded' })
  })
})

describe('recordsOf', () => {
  it('sorts iterations as numbers', () => {
    expect(recordsOf(steps, 'send').map(({ iteration }) => iteration)).toEqual(['0', '1', '10'])
    expect(iterationLabel('2.0')).toBe('3 › 1')
  })
})

describe('brokenStep', () => {
  const failures = [step('poll', '0', 'failed', 1), step('attempt/charge', '0', 'failed', 3)]

  it('is the one that the error of the run names, not one whose failure was dealt with', () => {
    const error = { kind: 'expression', title: 'No', retryable: false, stepPath: 'poll' } as const
    expect(brokenStep({ error }, failures)?.stepId).toBe('poll')
  })

  it('is the last that failed when the error names none', () => {
    expect(brokenStep({ error: null }, failures)?.stepId).toBe('charge')
    expect(brokenStep({ error: null }, [step('fine', '0', 'succeeded', 1)])).toBeUndefined()
  })
})
