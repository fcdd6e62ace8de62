import { readdirSync } from 'node:fs'
import { CONNECTORS, DISPLAY_FOLDER } from '@inlay/catalog'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('connectors over REST', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server?.close())

  it('are those of the deployment, with all that forms need', async () => {
    const ids: string[] = []
    for (let cursor = ''; ; ) {
      const { status, body } = await server.get(`/v1/connectors?limit=2${cursor}`)
      expect(status).toBe(200)
      ids.push(...body.data.map(({ id }: { id: string }) => id))
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(ids.toSorted()).toEqual([...new Set(CONNECTORS.map(({ id }) => id))].toSorted())
    expect(readdirSync(DISPLAY_FOLDER)).toHaveLength(CONNECTORS.length + 1)
    const { body: http } = await server.get('/v1/connectors/http')
    expect(http).toMatchObject({ id: 'http', availability: 'enabled', hidden: false })
    expect(http.actions.map(({ id }: { id: string }) => id)).toContain('request')
    const { body: found } = await server.get('/v1/connectors?search=http%20request')
    expect(found.data).toMatchObject([{ id: 'http', matches: [{ kind: 'action', id: 'request' }] }])
  })

  it('are switched off and renamed for the tenant', async () => {
    const settings = { availability: 'disabled', name: 'Requests' }
    expect(await server.put('/v1/connectors/http/settings', settings)).toMatchObject({
      status: 200,
      body: { connector: 'http', effective: 'disabled', hidden: false, name: 'Requests', hasOwnOAuthApp: false },
    })
    expect((await server.get('/v1/connectors/http')).body).toMatchObject({ name: 'Requests', availability: 'disabled' })
    const definition = {
      schema: 'inlay/workflow@1',
      name: 'Call',
      trigger: { type: 'webhook' },
      steps: [
        { id: 'call', type: 'action', connector: 'http', action: 'request', input: { url: 'https://example.com' } },
      ],
    }
    const { body } = await server.post('/v1/workflows/validate', { definition })
    expect(body.issues).toMatchObject([
      { code: 'connector.switched_off', pointer: '/steps/0/connector', details: { connector: 'http' } },
    ])
    expect((await server.put('/v1/connectors/http/settings', {})).body).toMatchObject({
      effective: 'enabled',
      name: null,
    })
    expect((await server.post('/v1/workflows/validate', { definition })).body.issues).toEqual([])
    expect((await server.put('/v1/connectors/nothing/settings', {})).status).toBe(404)
    expect((await server.put('/v1/connectors/http/settings', { icon: '<script>' })).status).toBe(400)
  })

  it('follow what holds for new ones', async () => {
    expect((await server.get('/v1/catalog-settings')).body).toEqual({ newConnectors: 'enabled' })
    const answer = await server.put('/v1/catalog-settings', { newConnectors: 'disabled' })
    expect(answer).toMatchObject({ status: 200, body: { newConnectors: 'disabled' } })
    expect((await server.get('/v1/connectors/http/settings')).body).toMatchObject({ effective: 'enabled' })
    await server.put('/v1/catalog-settings', { newConnectors: 'enabled' })
  })

  it('tell what they are used for, and what newer versions change', async () => {
    expect((await server.get('/v1/connectors/http/usage?days=7')).body).toMatchObject({
      connector: 'http',
      isComplete: true,
    })
    expect((await server.get('/v1/connectors/http/upgrades')).body).toEqual({ data: [], nextCursor: null })
    const { body: workflows } = await server.get('/v1/workflows')
    const { status, body } = await server.post(`/v1/workflows/${workflows.data[0].id}/upgrade-check`, {})
    expect([status, body.isOutdated, body.breaking]).toEqual([200, false, 0])
  })

  it('refuse questions of forms that name no form', async () => {
    const ask = (path: string, body: object) => server.post(`/v1/connectors/http/${path}`, body)
    expect((await ask('options', { field: 'url' })).status).toBe(400)
    expect((await ask('options', { action: 'request', field: 'url' })).body).toMatchObject({
      status: 404,
      code: 'connector.no_options',
    })
    expect((await ask('schema', { action: 'request' })).body).toMatchObject({
      status: 404,
      code: 'connector.no_schema',
    })
  })
})
