import { describe, expect, it } from 'vitest'
import type { Connection, ConnectorSummary, Template } from '../data/api-types.js'
import { EVERY_TEMPLATE, grouped, matching, namedUseCases } from './use-cases.js'

function template(name: string, useCase: string | null, connectors: readonly string[]): Template {
  return { id: name, name, description: '', useCase, connectors, definition: {}, settings: null, createdAt: '' }
}

const CHAT = template('Orders to the chat', 'Orders', ['http', 'slack'])
const REPORT = template('Weekly report', 'Reports', ['http'])
const OTHER = template('Something else', null, [])
const ALL = [REPORT, OTHER, CHAT]

// Only what the gallery reads of them.
const CONNECTORS = [
  { id: 'slack', name: 'Slack', connection: 'required' },
  { id: 'http', name: 'HTTP', connection: 'optional' },
] as unknown as readonly ConnectorSummary[]
const SLACK = [{ connector: 'slack' }] as unknown as readonly Connection[]

describe('a gallery of templates', () => {
  it('is grouped by use case, with the rest at the end', () => {
    expect(namedUseCases(ALL, 'en')).toEqual(['Orders', 'Reports'])
    expect(grouped(ALL, 'en').map(({ useCase, templates }) => [useCase, templates.length])).toEqual([
      ['Orders', 1],
      ['Reports', 1],
      [null, 1],
    ])
  })

  it.each<[string, Partial<typeof EVERY_TEMPLATE>, readonly Connection[], readonly Template[]]>([
    ['nothing', {}, [], ALL],
    ['words in any order', { search: 'CHAT orders' }, [], [CHAT]],
    ['a service by its name', { search: 'slack' }, [], [CHAT]],
    ['a use case', { useCase: 'Reports' }, [], [REPORT]],
    ['what works with no account', { onlyConnected: true }, [], [REPORT, OTHER]],
    ['what works with the accounts there are', { onlyConnected: true }, SLACK, ALL],
    ['what nothing has', { search: 'sheet' }, [], []],
  ])('is searched for %s', (_what, filter, connections, found) => {
    const around = { connectors: CONNECTORS, connections }
    expect(matching(ALL, { ...EVERY_TEMPLATE, ...filter }, around)).toEqual(found)
  })
})
