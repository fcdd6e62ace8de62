import { type ConnectorRegistry, StepError } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { definitionIssues } from './definition-checks.js'

const definition = {
  schema: 'inlay/workflow@1',
  name: 'Orders',
  trigger: { type: 'webhook' },
  steps: [{ id: 'tell', type: 'action', connector: 'acme', action: 'send', input: {} }],
}
const catalog = { newConnectors: 'enabled', connectors: new Map() } as const

describe('the issues of a definition', () => {
  it('name a connector that does not load, instead of failing', async () => {
    const registry: ConnectorRegistry = {
      list: () => [{ id: 'acme', version: '1.0.0' }],
      load: () => Promise.reject(new StepError('bug', 'The connector acme 1.0.0 cannot be loaded', { detail: 'Why.' })),
    }
    const issues = await definitionIssues(definition, { registry, catalog, offer: null })
    expect(issues[0]).toEqual({
      code: 'connector.not_loaded',
      pointer: '',
      message: 'The connector acme 1.0.0 cannot be loaded. Why.',
      details: { reason: 'The connector acme 1.0.0 cannot be loaded' },
    })
  })
})
