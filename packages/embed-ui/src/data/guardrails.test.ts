import { describe, expect, it } from 'vitest'
import { type Guardrails, holdsBack, isAppOffered, isKindOffered } from './guardrails.js'

const ALL: Guardrails = {
  stepTypes: null,
  maxSteps: null,
  maxWorkflows: null,
  allowCode: true,
  connectors: {},
  templatesOnly: false,
  minScheduleMinutes: null,
}

describe('what is offered', () => {
  it('is everything when nothing is said', () => {
    for (const offer of [undefined, null, ALL]) {
      expect(isAppOffered(offer, 'slack')).toBe(true)
      expect(isKindOffered(offer, 'code')).toBe(true)
      expect(holdsBack(offer, 'action')).toBe(false)
    }
  })

  it('leaves out apps and kinds of steps; all kinds of waiting are one', () => {
    const offer: Guardrails = {
      ...ALL,
      stepTypes: ['action', 'wait', 'code'],
      allowCode: false,
      connectors: { deny: ['x'] },
    }
    expect(isAppOffered(offer, 'x')).toBe(false)
    expect(isAppOffered({ ...offer, connectors: { allow: ['y'] } }, 'x')).toBe(false)
    expect(isKindOffered(offer, 'approval')).toBe(true)
    expect(isKindOffered(offer, 'branch')).toBe(false)
    expect(isKindOffered(offer, 'code')).toBe(false)
    expect(holdsBack(offer, 'trigger')).toBe(true)
    expect(holdsBack({ ...ALL, allowCode: false }, 'trigger')).toBe(false)
  })
})
