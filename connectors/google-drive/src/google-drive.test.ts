import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestFiles,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubHandler,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleFile } from './file.js'
import { connector } from './index.js'

const FILE: StubAnswer = { json: sampleFile }
const googleError = (code: number, reason: string): StubAnswer => ({
  status: code,
  json: { error: { code, message: 'No.', errors: [{ domain: 'usageLimits', reason, message: 'No.' }] } },
})

let stub: StubServer
let answers: Record<string, StubAnswer | StubHandler>
beforeAll(async () => {
  stub = await startStubServer((request) => {
    const path = request.url.split('?')[0]
    const answer = answers[`${request.method} ${request.url}`] ?? answers[`${request.method} ${path}`]
    return typeof answer === 'function' ? answer(request) : (answer ?? googleError(404, 'notFound'))
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /drive/v3/about': { json: { user: { emailAddress: 'kim@acme.example', displayName: 'Kim' } } },
    'GET /drive/v3/files/1example': FILE,
    'PATCH /drive/v3/files/1example': FILE,
    'POST /drive/v3/files': FILE,
    'GET /drive/v3/files': { json: { files: [sampleFile] } },
  }
})

const auth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {}, fields: {} }
const at = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, ...at(), ...more })
const last = () => stub.requests.at(-1)

async function fileOf(bytes: Uint8Array) {
  const files = createTestFiles()
  return { files, file: await files.write({ name: 'a.pdf', contentType: 'application/pdf', bytes }) }
}

describe('google drive uploads', () => {
  it('sends small files with their description', async () => {
    answers['POST /upload/drive/v3/files'] = FILE
    const { files, file } = await fileOf(Buffer.from('%PDF'))
    expect(await run('uploadFile', { file, folder: '0folder' }, { files })).toMatchObject({ id: '1example' })
    expect(last()?.url).toContain('uploadType=multipart')
    expect(last()?.headers).toMatchObject({ authorization: 'Bearer test-token' })
    expect(last()?.body).toContain('{"name":"a.pdf","parents":["0folder"]}')
    expect(last()?.body).toContain('Content-Type: application/pdf\r\n\r\n%PDF\r\n--')
  })

  it('sends large files in pieces, from where Google has them', async () => {
    const MB = 1024 * 1024
    answers['PATCH /upload/drive/v3/files/1example'] = {
      headers: { location: `${stub.url}/upload/drive/v3/files?uploadType=resumable&upload_id=u1` },
    }
    const kept = [`bytes=0-${4 * MB - 1}`]
    const ranges: (string | undefined)[] = []
    answers['PUT /upload/drive/v3/files'] = ({ headers }) => {
      ranges.push(headers['content-range'])
      const range = kept.shift()
      return range === undefined ? FILE : { status: 308, headers: { range } }
    }
    const { files, file } = await fileOf(Buffer.alloc(9 * MB))
    expect(await run('uploadFile', { file, replaces: '1example' }, { files })).toMatchObject({ id: '1example' })
    expect(ranges).toEqual([`bytes 0-${8 * MB - 1}/${9 * MB}`, `bytes ${4 * MB}-${9 * MB - 1}/${9 * MB}`])
    answers['PUT /upload/drive/v3/files'] = { status: 308 }
    await expect(run('uploadFile', { file, replaces: '1example' }, { files })).rejects.toMatchObject({
      kind: 'communication',
    })
    answers['PUT /upload/drive/v3/files'] = googleError(403, 'storageQuotaExceeded')
    await expect(run('uploadFile', { file, replaces: '1example' }, { files })).rejects.toMatchObject({ kind: 'limit' })
  })
})

describe('google drive files', () => {
  it('downloads files, and exports documents', async () => {
    answers['GET /drive/v3/files/1example?alt=media&supportsAllDrives=true'] = { bytes: Buffer.from('%PDF') }
    expect(await run('downloadFile', { fileId: '1example' })).toMatchObject({ file: { name: 'invoice.pdf', size: 4 } })
    const document = { ...sampleFile, name: 'Plan', mimeType: 'application/vnd.google-apps.document' }
    answers['GET /drive/v3/files/1example'] = { json: document }
    answers['GET /drive/v3/files/1example/export?mimeType=application%2Fpdf'] = { bytes: Buffer.from('%PDF') }
    expect(await run('downloadFile', { fileId: '1example', exportAs: 'application/pdf' })).toMatchObject({
      file: { name: 'Plan.pdf', contentType: 'application/pdf' },
    })
    answers['GET /drive/v3/files/1example'] = { json: { ...document, mimeType: 'application/vnd.google-apps.folder' } }
    await expect(run('downloadFile', { fileId: '1example' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('searches over pages, with quotes in names', async () => {
    answers['GET /drive/v3/files'] = ({ url }) => ({
      json: url.includes('pageToken=p2') ? { files: [sampleFile] } : { files: [sampleFile], nextPageToken: 'p2' },
    })
    const found = await run('searchFiles', { name: "Kim's", folder: 'root', query: 'starred=true' })
    expect(found).toMatchObject({ files: [{ id: '1example' }, { id: '1example' }] })
    expect(last()?.form().get('q')).toBe(
      "trashed=false and name contains 'Kim\\'s' and 'root' in parents and (starred=true)",
    )
  })

  it('makes a folder, or gives the one that is there', async () => {
    expect(await run('createFolder', { name: 'Invoices' })).toMatchObject({ id: '1example' })
    expect(last()?.method).toBe('GET')
    answers['GET /drive/v3/files'] = { json: { files: [] } }
    await run('createFolder', { name: 'Invoices' })
    expect(last()?.json()).toEqual({
      name: 'Invoices',
      mimeType: 'application/vnd.google-apps.folder',
      parents: ['root'],
    })
  })

  it('moves, renames, copies and shares', async () => {
    await run('moveFile', { fileId: '1example', folder: 'other', name: 'b.pdf' })
    expect(last()?.url).toContain('addParents=other&removeParents=0folder')
    expect(last()?.json()).toEqual({ name: 'b.pdf' })
    await run('moveFile', { fileId: '1example', folder: '0folder' })
    expect(last()?.url).not.toContain('addParents')
    answers['POST /drive/v3/files/1example/copy'] = FILE
    await run('copyFile', { fileId: '1example', name: 'Copy', folder: 'root' })
    expect(last()?.json()).toEqual({ name: 'Copy', parents: ['root'] })
    answers['POST /drive/v3/files/1example/permissions'] = { json: { id: 'p', type: 'user', role: 'reader' } }
    await run('shareFile', { fileId: '1example', email: 'kim@acme.example', notify: false })
    expect(last()?.url).toContain('sendNotificationEmail=false')
    expect(last()?.json()).toEqual({ type: 'user', role: 'reader', emailAddress: 'kim@acme.example' })
    await run('shareFile', { fileId: '1example', type: 'anyone' })
    expect(last()?.url).not.toContain('sendNotificationEmail')
    await expect(run('shareFile', { fileId: '1example' })).rejects.toMatchObject({ kind: 'validation' })
    expect(await run('getFile', { fileId: '1example' })).toMatchObject({ name: 'invoice.pdf' })
  })

  it('deletes what is there, and minds not what is gone', async () => {
    expect(await run('deleteFile', { fileId: '1example' })).toEqual({ wasThere: true })
    expect(last()?.json()).toEqual({ trashed: true })
    answers['DELETE /drive/v3/files/1example'] = { status: 204 }
    expect(await run('deleteFile', { fileId: '1example', forGood: true })).toEqual({ wasThere: true })
    expect(await run('deleteFile', { fileId: 'gone', forGood: true })).toEqual({ wasThere: false })
  })

  it.each<[string, StubAnswer, object]>([
    ['credentials', googleError(401, 'authError'), { kind: 'authentication' }],
    ['permissions', googleError(403, 'insufficientFilePermissions'), { kind: 'authorization' }],
    ['rates', googleError(403, 'userRateLimitExceeded'), { kind: 'rate_limited' }],
    ['quotas', googleError(403, 'dailyLimitExceeded'), { kind: 'limit' }],
    ['what is not there', googleError(404, 'notFound'), { kind: 'rejected', detail: 'No. (notFound)' }],
    ['outages', googleError(500, 'internalError'), { kind: 'communication' }],
  ])('understands refusals for %s', async (_, answer, error) => {
    answers['GET /drive/v3/files/1example'] = answer
    await expect(run('getFile', { fileId: '1example' })).rejects.toMatchObject(error)
  })

  it('offers folders by name, and tells whose account it is', async () => {
    answers['GET /drive/v3/files'] = { json: { files: [sampleFile], nextPageToken: 'p2' } }
    const choices = await loadOptions(connector, { of: 'uploadFile', field: 'folder', search: 'inv', ...at() })
    expect(choices).toEqual({ options: [{ value: '1example', label: 'invoice.pdf' }], nextCursor: 'p2' })
    expect(last()?.form().get('q')).toContain("name contains 'inv'")
    await testConnection(connector, at())
    expect(await accountOf(connector, at())).toMatchObject({ id: 'kim@acme.example' })
  })
})

describe('google drive triggers', () => {
  const now = Date.parse('2026-04-10T20:00:00Z')
  const poll = (id: string, more: { cursor?: JsonValue; input?: object } = {}) =>
    pollTrigger(connector, id, { input: {}, now, ...at(), ...more })

  it('read the list of changes from where they were, page by page', async () => {
    answers['GET /drive/v3/changes/startPageToken'] = { json: { startPageToken: '10' } }
    const old = { ...sampleFile, id: 'old', createdTime: '2026-04-10T19:00:00Z', parents: ['other'] }
    const binned = { fileId: 'b', file: { ...sampleFile, id: 'b', trashed: true } }
    answers['GET /drive/v3/changes'] = ({ url }) => ({
      json: url.includes('pageToken=10')
        ? { changes: [{ fileId: 'old', file: old }, binned], nextPageToken: '11' }
        : { changes: [{ fileId: '1example', file: sampleFile }, { fileId: 'gone' }], newStartPageToken: '12' },
    })
    for (const [id, expected] of [
      ['changedFile', [['old:2026-04-10T20:09:31.000Z'], ['1example:2026-04-10T20:09:31.000Z']]],
      ['newFile', [[], ['1example']]],
    ] as const) {
      const first = await poll(id)
      expect(first.items).toEqual([])
      const second = await poll(id, { cursor: first.cursor })
      expect(second.hasMore).toBe(true)
      const third = await poll(id, { cursor: second.cursor })
      expect([second, third].map(({ items }) => items.map((item) => item.id))).toEqual(expected)
      expect(third).toMatchObject({ cursor: { token: '12' }, hasMore: false })
    }
    const { items } = await poll('changedFile', { cursor: { token: '10', since: 0 }, input: { folder: '0folder' } })
    expect(items).toEqual([])
  })
})

describeConnectorContract(connector, { describe, it, expect })
