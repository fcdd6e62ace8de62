import type { RunStatus } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../data/run-types.js'
import { mergeRuns, withNewcomers } from './merge-runs.js'

const run = (id: string, status: RunStatus = 'running'): RunSummary => ({
  id,
  workflowId: 'wf',
  workflowName: 'Test',
  customerId: 'cus',
  versionId: 'ver',
  versionNumber: 1,
  mode: 'live',
  status,
  error: null,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  finishedAt: null,
  wakeAt: null,
  durationMs: null,
  originRunId: null,
})

const pages = [
  { data: [run('run_5'), run('run_4')], nextCursor: 'run_4' },
  { data: [run('run_2')], nextCursor: null },
]

describe('mergeRuns', () => {
  it('keeps every row where it is, and tells newcomers apart', () => {
    const fresh = [run('run_6'), run('run_5', 'succeeded'), run('run_3')]
    const merged = mergeRuns(pages, fresh, new Map([['run_2', 'failed']]))
    expect(merged.pages.map(({ data }) => data.map(({ id, status }) => [id, status]))).toEqual([
      [
        ['run_5', 'succeeded'],
        ['run_4', 'running'],
      ],
      [['run_2', 'failed']],
    ])
    expect(merged.newcomers.map(({ id }) => id)).toEqual(['run_6'])
  })

  it('calls everything new on an empty list', () => {
    expect(mergeRuns([{ data: [], nextCursor: null }], [run('run_1')], new Map()).newcomers).toHaveLength(1)
  })
})

it('newcomers come first, each once', () => {
  const next = withNewcomers(pages, [run('run_6'), run('run_5')])
  expect(next[0]?.data.map(({ id }) => id)).toEqual(['run_6', 'run_5', 'run_4'])
  expect(withNewcomers([], [run('run_6')])[0]?.data).toHaveLength(1)
})
