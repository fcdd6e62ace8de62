import { describe, expect, it } from 'vitest'
import type { StepRun } from '../data/api-types.js'
import { iterationLabel, recordsOf, stepOutcomes } from './outcomes.js'

const step = (stepPath: string, iteration: string, status: StepRun['status'], durationMs: number | null): StepRun => ({
  stepPath,
  stepId: stepPath.split('/').at(-1) ?? '',
  iteration,
  type: 'set',
  status,
  attempt: 1,
  input: null,
  output: null,
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
    expect(stepOutcomes(steps, undefined).get('send')).toEqual({
      status: 'failed',
      durationMs: 50,
      attempt: 1,
      count: 3,
    })
  })

  it('shows one iteration, and still everything outside the loop', () => {
    const outcomes = stepOutcomes(steps, '0')
    expect(outcomes.get('send')).toMatchObject({ status: 'succeeded', count: 1 })
    expect(outcomes.get('first')).toMatchObject({ status: 'succeeded' })
    expect(stepOutcomes(steps, '10').get('send')).toMatchObject({ status: 'running', durationMs: null })
  })
})

describe('recordsOf', () => {
  it('sorts iterations as numbers', () => {
    expect(recordsOf(steps, 'send').map(({ iteration }) => iteration)).toEqual(['0', '1', '10'])
    expect(iterationLabel('2.0')).toBe('3 › 1')
  })
})
