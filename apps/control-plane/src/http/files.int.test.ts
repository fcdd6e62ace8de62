import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const MAX_BYTES = 300_000
const PDF = { 'content-type': 'application/pdf' }

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('/v1/files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-files-'))
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer({
      ...{ serverUrl: serverUrl ?? '', redisUrl: redisUrl ?? '' },
      ...{ blobStore: `file:${folder}`, maxUploadBytes: MAX_BYTES },
    })
  })

  afterAll(async () => {
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const authorization = () => `Bearer ${server.demo.apiKey}`
  const place = (name: string, customerId = server.demo.customerId) =>
    `/v1/files?customerId=${customerId}&name=${encodeURIComponent(name)}`
  const send = async (path: string, body: Uint8Array | string, headers: Record<string, string> = PDF) => {
    const answer = await fetch(server.base + path, {
      method: 'POST',
      // A view of bytes is a body; the types of the platform admit only some of them.
      body: body as BodyInit,
      headers: { authorization: authorization(), ...headers },
    })
    return { status: answer.status, headers: answer.headers, body: await answer.json() }
  }

  it('takes the bytes of a file and gives them back as an attachment', async () => {
    const bytes = randomBytes(MAX_BYTES)
    const sent = await send(place('../Rechnung "März".pdf'), bytes)
    expect(sent).toMatchObject({
      status: 201,
      body: {
        $file: expect.stringMatching(/^file_[0-9a-f]{32}$/),
        name: 'Rechnung "März".pdf',
        contentType: 'application/pdf',
        size: MAX_BYTES,
      },
    })
    const got = await fetch(`${server.base}/v1/files/${sent.body.$file}`, {
      headers: { authorization: authorization() },
    })
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''Rechnung%20%22M%C3%A4rz%22.pdf",
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    })
    const { body: log } = await server.get(`/v1/audit-log?action=file.uploaded&targetId=${sent.body.$file}`)
    expect(log.data).toMatchObject([
      { customerId: server.demo.customerId, details: { size: MAX_BYTES, contentType: 'application/pdf' } },
    ])
    expect(JSON.stringify(log)).not.toContain('Rechnung')
  })

  it('refuses what is too large with the limit, also when its size was not announced', async () => {
    const large = Buffer.alloc(MAX_BYTES + 1)
    const refused = { status: 413, body: { code: 'file.too_large', detail: expect.stringContaining(`${MAX_BYTES}`) } }
    expect(await send(place('a.bin'), large)).toMatchObject(refused)
    const chunks = new ReadableStream({
      start: (controller) => {
        for (let i = 0; i < 400; i++) controller.enqueue(new Uint8Array(1000))
        controller.close()
      },
    })
    const streamed = await fetch(server.base + place('a.bin'), {
      method: 'POST',
      body: chunks,
      headers: { authorization: authorization() },
      // Node's fetch asks for it where a body is a stream; the types do not know it.
      ...({ duplex: 'half' } as object),
    })
    expect([streamed.status, (await streamed.json()).code]).toEqual([413, 'file.too_large'])
  })

  it('says what else it does not take, and why', async () => {
    const form = await send(place('a.bin'), 'x', { 'content-type': 'multipart/form-data; boundary=x' })
    expect([form.status, form.body.code]).toEqual([415, 'file.media_type'])
    const unnamed = await send('/v1/files?name=a', 'x')
    expect([unnamed.status, unnamed.body.code]).toEqual([400, 'request.invalid'])
    const unknown = await send(place('a', 'cus_00000000000000000000000000000000'), 'x')
    expect([unknown.status, unknown.body.code]).toEqual([404, 'customer.not_found'])
  })

  it('keeps a file once for an Idempotency-Key', async () => {
    const headers = { ...PDF, 'idempotency-key': 'upload-1' }
    const [first, second] = [await send(place('a.pdf'), 'one', headers), await send(place('a.pdf'), 'one', headers)]
    expect(second.body).toEqual(first.body)
    const other = await send(place('a.pdf'), 'two', headers)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch'])
  })

  it('is a setting of an automation, which is not switched on with one that is gone', async () => {
    const settings = {
      type: 'object',
      properties: { letter: { type: 'object', format: 'file', title: 'Letter' } },
      required: ['letter'],
    }
    const definition = {
      ...{ schema: 'inlay/workflow@1', name: 'Welcome', trigger: { type: 'manual' } },
      steps: [{ id: 'send', type: 'set', values: { letter: '{{ vars.letter }}' } }],
    }
    const template = await server.post('/v1/templates', { name: 'Welcome', definition, settings })
    const headers = { authorization: authorization() }
    const switchOn = (letter: object) =>
      server.call(`/v1/automations/${template.body.id}`, {
        ...{ method: 'PUT', headers },
        body: { customerId: server.demo.customerId, enabled: true, values: { letter } },
      })
    const [letter, gone] = [await send(place('letter.pdf'), 'Welcome'), await send(place('gone.pdf'), 'Gone')]
    const removed = await server.call(`/v1/files/${gone.body.$file}`, { method: 'DELETE', headers })
    expect(removed.status).toBe(204)
    expect(await switchOn(gone.body)).toMatchObject({
      status: 400,
      body: {
        code: 'definition.invalid',
        issues: [{ code: 'file.gone', pointer: '/vars/letter', details: { name: 'gone.pdf' } }],
      },
    })
    expect(await switchOn(letter.body)).toMatchObject({ status: 200, body: { enabled: true } })
  })

  it('is open to those alone who may, each within their own customer', async () => {
    const { identity, tenancy } = server.plane.services
    const scope = { tenantId: server.demo.tenantId as TenantId }
    const { body: mine } = await send(place('mine.txt'), 'mine')
    const keyOf = async (scopes: string[], of = scope) =>
      `Bearer ${(await identity.createApiKey(of, { name: 'Test', scopes })).secret}`
    const upload = async (headers: Record<string, string>) => (await send(place('a'), 'x', headers)).status
    expect(await upload({ authorization: 'Bearer none' })).toBe(401)
    expect(await upload({ authorization: await keyOf(['workflows:read']) })).toBe(403)
    expect(await upload({ authorization: await keyOf(['runs:start']) })).toBe(201)
    const read = async (token: string) =>
      (await server.call(`/v1/files/${mine.$file}`, { headers: { authorization: token } })).status
    expect(await read(await keyOf(['runs:read']))).toBe(200)
    expect(await read(await keyOf(['workflows:write']))).toBe(403)
    const tenantId = await tenancy.createTenant({
      name: 'Other',
      slug: `other-${randomBytes(4).toString('hex')}`,
      allowedOrigins: [],
    })
    expect(await read(await keyOf(['*'], { tenantId }))).toBe(404)
    const { id: customerId } = await tenancy.createCustomer(scope, { externalId: 'other', name: 'Other' })
    const confined = { ...scope, customerId: customerId as never }
    await expect(server.plane.services.files.open(confined, mine.$file)).rejects.toMatchObject({
      code: 'file.not_found',
    })
    const foreign = { customerId: server.demo.customerId, name: 'a', contentType: 'text/plain', bytes: Buffer.from('') }
    await expect(server.plane.services.files.upload(confined, foreign)).rejects.toMatchObject({
      code: 'customer.not_found',
    })
  })

  it('does what its guide shows', async () => {
    const guide = await readFile(new URL('../../../../docs/how-to/upload-files.md', import.meta.url), 'utf8')
    const commands = [...guide.matchAll(/```sh\n(curl.*?)```/gs)].map(([, command = '']) => command)
    const env = {
      ...{ PATH: process.env['PATH'], INLAY: server.base, API_KEY: server.demo.apiKey },
      CUSTOMER: server.demo.customerId,
    }
    const outputs: string[] = []
    for (const command of commands) {
      const { stdout } = await promisify(execFile)('sh', ['-ec', command], { env, cwd: folder })
      outputs.push(stdout)
    }
    const [sent, read] = outputs
    expect(JSON.parse(sent ?? '')).toMatchObject({ name: 'terms.txt', contentType: 'text/plain', size: 20 })
    expect(read).toBe('Hello')
  })

  it('removes a file at once, and nobody else’s', async () => {
    const { body: file } = await send(place('gone.txt'), 'gone')
    const path = `/v1/files/${file.$file}`
    const scope = { tenantId: server.demo.tenantId as TenantId }
    const reader = await server.plane.services.identity.createApiKey(scope, { name: 'Test', scopes: ['runs:read'] })
    const remove = (token: string) =>
      server.call(path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
    expect((await remove(reader.secret)).status).toBe(403)
    expect((await remove(server.demo.apiKey)).status).toBe(204)
    expect((await server.get(path)).status).toBe(404)
    expect((await remove(server.demo.apiKey)).body.code).toBe('file.not_found')
    const { body: log } = await server.get(`/v1/audit-log?action=file.deleted&targetId=${file.$file}`)
    expect(log.data).toHaveLength(1)
  })

  it('takes files of end users for their own customer, and shows nobody those of another', async () => {
    const bearerOf = async (externalId: string, role: 'editor' | 'viewer') => {
      const token = await server.embedToken({ customer: { externalId }, role })
      const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
      return { authorization: `Bearer ${body.sessionToken}`, ...PDF }
    }
    const [kim, lee, guest] = await Promise.all([
      bearerOf('kim', 'editor'),
      bearerOf('lee', 'editor'),
      bearerOf('kim', 'viewer'),
    ])
    const mine = await send('/v1/files?name=mine.pdf', 'mine', kim)
    expect(mine.status).toBe(201)
    const read = async (headers: Record<string, string>) =>
      (await server.call(`/v1/files/${mine.body.$file}`, { headers })).status
    expect([await read(kim), await read(guest), await read(lee)]).toEqual([200, 200, 404])
    expect((await send('/v1/files?name=a', 'x', guest)).status).toBe(403)
    const foreign = await send(place('a'), 'x', lee)
    expect([foreign.status, foreign.body.code]).toEqual([404, 'customer.not_found'])
  })

  it('tells the builder how large files may be', async () => {
    expect((await server.get('/v1/me')).body.maxFileBytes).toBe(MAX_BYTES)
  })
})
