import { describe, expect, it } from 'vitest'
import type { RunHistoryItem, StepRun } from '../data/run-types.js'
import { failedAttempts } from './step-history.js'
import { axisTicks, timelineOf } from './timeline.js'

const START_MS = Date.parse('2026-01-01T00:00:00Z')
const at = (ms: number) => new Date(START_MS + ms).toISOString()

const record = (stepPath: string, fromMs: number, toMs: number | null, more: Partial<StepRun> = {}): StepRun => ({
  stepPath,
  stepId: stepPath.split('/').at(-1) ?? '',
  iteration: '0',
  type: 'action',
  status: 'succeeded',
  attempt: 1,
  input: null,
  output: null,
  outputBytes: null,
  childRunId: null,
  error: null,
  startedAt: at(fromMs),
  finishedAt: toMs === null ? null : at(toMs),
  durationMs: toMs === null ? null : toMs - fromMs,
  wakeAt: null,
  ...more,
})

const event = (stepPath: string, ms: number, what: string, attempt = 1): RunHistoryItem => ({
  at: at(ms),
  what,
  step: { stepPath, iteration: '0', type: 'action', attempt },
  detail: what === 'retrying' ? { error: { kind: 'timeout', title: `No answer ${attempt}`, retryable: true } } : null,
})

describe('timelineOf', () => {
  it('hatches what a step waited between its attempts', () => {
    const history = [
      event('pay', 100, 'retrying', 1),
      event('pay', 600, 'running', 2),
      event('pay', 900, 'succeeded', 2),
    ]
    const { rows, lengthMs } = timelineOf({
      steps: [record('block/later', 950, 1000), record('pay', 0, 900)],
      history,
      startMs: START_MS,
      nowMs: START_MS + 5000,
    })
    expect(lengthMs).toBe(1000)
    expect(rows.map(({ record: { stepId }, depth, waitedMs }) => [stepId, depth, waitedMs])).toEqual([
      ['pay', 0, 500],
      ['later', 1, 0],
    ])
    expect(rows[0]?.spans).toEqual([
      { kind: 'busy', fromMs: 0, toMs: 100 },
      { kind: 'waiting', fromMs: 100, toMs: 600 },
      { kind: 'busy', fromMs: 600, toMs: 900 },
    ])
  })

  it('lets what has not ended reach until now, and a wait without history wait', () => {
    const { rows } = timelineOf({
      steps: [record('rest', 0, null, { type: 'wait', status: 'waiting' }), record('no', 0, 1, { status: 'skipped' })],
      history: [],
      startMs: START_MS,
      nowMs: START_MS + 400,
    })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ toMs: 400, spans: [{ kind: 'waiting', fromMs: 0, toMs: 400 }] })
  })

  it('begins at zero for what another run had done before', () => {
    const steps = [record('old', -5000, -4000), record('new', 10, 20)]
    const { rows } = timelineOf({ steps, history: [], startMs: START_MS, nowMs: START_MS })
    expect(rows.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 0],
      [10, 20],
    ])
  })
})

it('attempts are told with what each failed with', () => {
  const history = [event('pay', 1, 'retrying', 1), event('pay', 2, 'running', 2), event('pay', 3, 'retrying', 2)]
  expect(failedAttempts(history).map(({ attempt, error }) => [attempt, error?.title])).toEqual([
    [1, 'No answer 1'],
    [2, 'No answer 2'],
  ])
})

it.each([
  [1000, 4, [0, 500, 1000]],
  [2232, 5, [0, 500, 1000, 1500, 2000]],
  [1, 4, [0, 1]],
  [3_604_920, 5, [0, 900_000, 1_800_000, 2_700_000, 3_600_000]],
  [10 * 86_400_000, 5, [0, 2, 4, 6, 8, 10].map((days) => days * 86_400_000)],
])('an axis of %d ms has round ticks', (lengthMs, count, ticks) => {
  expect(axisTicks(lengthMs, count)).toEqual(ticks)
})
