import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  deliverWebhook,
  loadOptions,
  pollTrigger,
  registerTrigger,
  startStubServer,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { checkConnector } from '../connector/to-connector.js'
import { importOpenApi } from '../import-openapi.js'
import { createNotes } from '../notes.js'
import { applyOverlay } from './apply-overlay.js'
import { placesOf } from './json-path.js'

const fixture = (name: string): Promise<string> => readFile(join(import.meta.dirname, '../fixtures', name), 'utf8')
const desk = async () =>
  importOpenApi(await fixture('desk-3.1.yaml'), { overlays: [await fixture('desk-overlay.yaml')] })
const auth = { kind: 'bearer', token: 'test-token', fields: { baseUrl: 'https://desk.test' } } as const

describe('an overlay', () => {
  it('says how the connector looks, and what it hides', async () => {
    const { connector: imported, notes } = await desk()
    const connector = checkConnector(imported)
    expect(connector).toMatchObject({ name: 'Desk', color: '#2f6fed', categories: ['support'] })
    expect(Object.keys(connector.actions)).toEqual(['listTickets', 'listQueues', 'addHook'])
    expect(connector.actions['listTickets']?.name).toBe('Find tickets')
    const reasons = notes.map(({ reason }) => reason)
    expect(reasons).toContain('The overlay\'s action 5 finds nothing at "$.nowhere".')
    expect(notes).toContainEqual(expect.objectContaining({ pointer: '/webhooks/ticketGone', kind: 'left_out' }))
  })

  it('makes a polling trigger of a list', async () => {
    const connector = checkConnector((await desk()).connector)
    const tickets = [
      { id: 8, title: 'New', changed: '2026-01-02T00:00:00Z' },
      { id: 7, title: 'Old', changed: '2026-01-01T00:00:00Z' },
    ]
    const server = await startStubServer(() => ({ json: tickets.slice(1) }))
    const later = await startStubServer(() => ({ json: tickets }))
    try {
      const first = await pollTrigger(connector, 'newTicket', { input: { queue: 'a' }, auth, baseUrl: server.url })
      expect(first.items.map(({ id }) => id)).toEqual(['7'])
      const second = await pollTrigger(connector, 'newTicket', {
        input: {},
        auth,
        baseUrl: later.url,
        cursor: first.cursor,
      })
      expect(second.items).toEqual([{ id: '8', data: tickets[0] }])
      expect(server.requests[0]?.url).toBe('/tickets?queue=a')
      // A minute before the newest, for what is listed late.
      expect(later.requests[0]?.url).toBe('/tickets?since=2025-12-31T23%3A59%3A00.000Z')
      expect(connector.triggers['newTicket']?.input.safeParse({ since: 'x' }).success).toBe(false)
    } finally {
      await Promise.all([server.close(), later.close()])
    }
  })

  it('gives fields their choices', async () => {
    const connector = checkConnector((await desk()).connector)
    const server = await startStubServer(() => ({ json: { items: [{ key: 'a', label: 'Anna' }, { key: 'b' }, {}] } }))
    try {
      const request = { of: 'listTickets', field: 'queue', search: 'an', auth, baseUrl: server.url }
      expect(await loadOptions(connector, request)).toEqual({
        options: [
          { value: 'a', label: 'Anna' },
          { value: 'b', label: 'b' },
        ],
      })
      expect(server.requests[0]?.url).toBe('/queues?q=an')
    } finally {
      await server.close()
    }
  })

  it('makes a webhook trigger that knows its sender', async () => {
    const connector = checkConnector((await desk()).connector)
    const server = await startStubServer(({ method }) =>
      method === 'POST' ? { status: 201, json: { hook: { id: 5 } } } : { status: 204 },
    )
    try {
      const registered = await registerTrigger(connector, 'ticketMade', { input: {}, auth, baseUrl: server.url })
      expect(server.requests[0]?.json()).toEqual({ url: registered.webhookUrl, secret: registered.secret })
      const rawBody = '{"id":7,"title":"Hello"}'
      const signature = `sha256=${createHmac('sha256', registered.secret).update(rawBody).digest('hex')}`
      const deliver = (header: string) =>
        deliverWebhook(connector, 'ticketMade', {
          input: {},
          request: { rawBody, headers: { 'x-desk-signature': header } },
        })
      expect(await deliver(signature)).toEqual({ kind: 'items', items: [{ id: '7', data: { id: 7, title: 'Hello' } }] })
      expect(await deliver(signature.replace('sha256=', ''))).toEqual({ kind: 'refused' })
      expect(await deliver('sha256=00')).toEqual({ kind: 'refused' })
      await unregisterTrigger(connector, 'ticketMade', { input: {}, auth, baseUrl: server.url, ...registered })
      expect(server.requests[1]).toMatchObject({ method: 'DELETE', url: '/hooks/5' })
    } finally {
      await server.close()
    }
  })

  it('merges objects, adds to lists, replaces and removes, and leaves the document as it was', () => {
    const document = Object.freeze({
      a: { b: 1, list: [1] },
      gone: true,
      ops: [{ id: 'x' }, { id: 'y', n: 1 }, { id: 'x' }],
    })
    const overlay = {
      overlay: '1.0.0',
      actions: [
        { target: '$.a', update: { c: { d: 2 }, b: 3 } },
        { target: '$.a.list', update: [2, 3] },
        { target: '$.gone', remove: true },
        { target: "$.ops[?@.id=='x']", remove: true },
        { target: '$.ops[-1]', update: { n: 2 } },
      ],
    }
    expect(applyOverlay(document, overlay, createNotes())).toEqual({
      a: { b: 3, c: { d: 2 }, list: [1, 2, 3] },
      ops: [{ id: 'y', n: 2 }],
    })
  })

  it.each([
    ['$', 1],
    ['$.a.b', 1],
    ["$['a']['b c']", 1],
    ['$.a.*', 2],
    ['$.list[*]', 3],
    ['$..id', 2],
    ['$.list[?@.id]', 2],
    ["$.list[?(@.id != 'x')]", 2],
    ['$.list[9]', 0],
    ['$.constructor', 0],
  ])('%s leads to %i places', (path, count) => {
    expect(placesOf({ a: { b: 1, 'b c': 2 }, list: [{ id: 'x' }, { id: 'y' }, 3] }, path)).toHaveLength(count)
  })

  it.each(['a.b', '$.a[?(@.x.match(/y/))]', '$.a[(process.exit())]', '$.a[?@.b == foo()]'])(
    '%s is refused, not evaluated',
    (path) => {
      expect(() => placesOf({ a: { b: 1 } }, path)).toThrow(/cannot be used/)
    },
  )
})
