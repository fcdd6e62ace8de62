import { fromJsonSchema, misfits } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import type { StepTest } from '../data/api-types.js'
import { formatMessage } from '../messages/format.js'
import { ENGLISH } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { testIssues } from './test-issues.js'

const t: Texts = (key, values = {}) => formatMessage(ENGLISH[key], values, 'en')
const said = (why: string) => t('issue.notRight', { why })

function failed(data: NonNullable<StepTest['error']>['data']): StepTest {
  return {
    ...{ stepId: 'tell', status: 'failed', effect: 'called', isConditionMet: null, input: null, output: null },
    error: { kind: 'rejected', title: 'Not known there', retryable: false, ...(data === undefined ? {} : { data }) },
    ...{ durationMs: 1, log: [], isKept: false },
  }
}

describe('what a test says of fields', () => {
  it('stands beside the field that a service refuses', () => {
    expect(testIssues(failed({ field: 'channel', status: 404 }), t)).toEqual([
      { owner: 'tell', field: '/input/channel', message: said('Not known there') },
    ])
  })

  it('stands beside every field that a connector finds wrong', () => {
    expect(testIssues(failed(['lines[0].count: too small', 'to: no address', 'just words']), t)).toEqual([
      { owner: 'tell', field: '/input/lines/0/count', message: said('too small') },
      { owner: 'tell', field: '/input/to', message: said('no address') },
    ])
  })

  it('is in our words where schemas say what they always say', () => {
    const texts = { type: 'array', items: { type: 'string' } }
    const properties = { to: { type: 'string' }, count: { type: 'number' }, tags: texts }
    const { error } = fromJsonSchema({ type: 'object', properties, required: ['to'] }).safeParse({
      count: 'x',
      tags: 1,
    })
    const lines = misfits(error ?? expect.unreachable(), 'input')
    expect(testIssues(failed(lines), t).map(({ message }) => message)).toEqual([
      t('form.fillIn'),
      t('issue.needs.number'),
      t('issue.needs.list'),
    ])
  })

  it('is nothing when no field is named', () => {
    expect(testIssues(failed({ status: 500 }), t)).toEqual([])
    expect(testIssues(failed(undefined), t)).toEqual([])
    expect(testIssues({ ...failed({ field: 'x' }), status: 'succeeded' }, t)).toEqual([])
  })
})
