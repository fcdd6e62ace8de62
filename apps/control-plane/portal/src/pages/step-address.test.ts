import { describe, expect, it } from 'vitest'
import { addressOfStep, placeOfStep } from './step-address.js'

describe('the address of a step', () => {
  it('leads to the step and the field that it names', () => {
    const address = addressOfStep('wf_1', 'mail', '/input/text & more')
    expect(address.startsWith('/workflows/wf_1?')).toBe(true)
    expect(placeOfStep(new URL(address, 'http://portal').search)).toEqual({
      view: 'builder',
      stepId: 'mail',
      field: '/input/text & more',
    })
    expect(placeOfStep('')).toEqual({ view: 'builder' })
  })
})
