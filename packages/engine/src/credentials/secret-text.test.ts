import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { secretText } from './secret-text.js'

describe('a secret text', () => {
  it('shows itself to who asks, and to nobody else', () => {
    const app = { clientSecret: secretText('test-secret') }
    expect(app.clientSecret.reveal()).toBe('test-secret')
    const shown = [`${app.clientSecret}`, JSON.stringify(app), inspect(app, { showHidden: true }), format('%o', app)]
    const told = [
      ...shown,
      JSON.stringify({ ...app.clientSecret }),
      JSON.stringify(structuredClone({ ...app.clientSecret })),
    ]
    expect(told.join('\n')).not.toContain('test-secret')
    expect(shown[1]).toBe('{"clientSecret":"[redacted]"}')
  })
})
