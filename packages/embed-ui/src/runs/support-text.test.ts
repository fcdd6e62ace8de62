import { expect, it } from 'vitest'
import type { Run } from '../data/run-types.js'
import type { Texts } from '../messages/useTexts.js'
import { supportText } from './support-text.js'

// Keys instead of texts.
const t = ((key: string) => key) as Texts

it('tells support ids and the kind of error, and nothing of the data', () => {
  const run: Run = {
    id: 'run_1',
    workflowId: 'wf_1',
    workflowName: 'Pay Kim Lee',
    customerId: 'cus_1',
    versionId: 'ver_1',
    versionNumber: 4,
    mode: 'live',
    status: 'failed',
    error: {
      kind: 'rejected',
      title: 'Kim Lee is unknown',
      detail: 'Kim Lee',
      retryable: false,
      data: { requestId: 'req_9', status: 404, body: 'Kim Lee' },
    },
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    finishedAt: null,
    wakeAt: null,
    durationMs: null,
    originRunId: null,
    parent: null,
    trigger: { name: 'Kim Lee' },
    output: 'Kim Lee',
  }
  const text = supportText({ run, step: undefined, stepName: undefined }, t)
  expect(text).toContain('share.run: run_1')
  expect(text).toContain('share.version: 4 (ver_1)')
  expect(text).toContain('share.error: rejected')
  expect(text).toContain('share.request: requestId req_9, status 404')
  expect(text).not.toContain('Kim')
})
