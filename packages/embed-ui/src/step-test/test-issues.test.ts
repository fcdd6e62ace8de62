import { describe, expect, it } from 'vitest'
import type { StepTest } from '../data/api-types.js'
import { testIssues } from './test-issues.js'

function failed(data: NonNullable<StepTest['error']>['data']): StepTest {
  return {
    ...{ stepId: 'tell', status: 'failed', effect: 'called', isConditionMet: null, input: null, output: null },
    error: { kind: 'rejected', title: 'Not known there', retryable: false, ...(data === undefined ? {} : { data }) },
    ...{ durationMs: 1, log: [], isKept: false },
  }
}

describe('what a test says of fields', () => {
  it('stands beside the field that a service refuses', () => {
    expect(testIssues(failed({ field: 'channel', status: 404 }))).toEqual([
      { owner: 'tell', field: '/input/channel', message: 'Not known there' },
    ])
  })

  it('stands beside every field that a connector finds wrong', () => {
    expect(testIssues(failed(['lines[0].count: too small', 'to: no address', 'just words']))).toEqual([
      { owner: 'tell', field: '/input/lines/0/count', message: 'too small' },
      { owner: 'tell', field: '/input/to', message: 'no address' },
    ])
  })

  it('is nothing when no field is named', () => {
    expect(testIssues(failed({ status: 500 }))).toEqual([])
    expect(testIssues(failed(undefined))).toEqual([])
    expect(testIssues({ ...failed({ field: 'x' }), status: 'succeeded' })).toEqual([])
  })
})
