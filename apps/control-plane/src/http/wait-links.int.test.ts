import { createHash } from 'node:crypto'
import type { JsonObject, RunId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const html = { accept: 'text/html,*/*;q=0.8' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe.skipIf(!hasServers())('the link of a waiting run', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })

  afterAll(() => server?.close())

  /** A run that waits. @returns its id and the path of its link */
  async function begin(wait: JsonObject): Promise<{ runId: string; path: string }> {
    const notify = { id: 'link', type: 'set', values: { url: '{{ steps.ask.output.url }}' } }
    const steps = [{ id: 'ask', type: 'wait', ...wait, steps: [notify] }]
    const definition = { schema: 'inlay/workflow@1', name: 'Ask', trigger: { type: 'manual' }, steps }
    const { customerId } = server.demo
    const { body } = await server.post('/v1/workflows', { customerId, name: 'Ask', definition })
    await server.post(`/v1/workflows/${body.id}/publish`)
    const runId = (await server.post(`/v1/workflows/${body.id}/runs`, { input: {} })).body.id
    await server.plane.engine.execute([runId as RunId])
    const [link] = await server.test.admin<{ output: { url: string } }[]>`
      SELECT output FROM inlay.journal WHERE run_id = ${runId} AND step_path LIKE '%link'`
    const url = link?.output.url ?? ''
    expect(url.startsWith(server.base)).toBe(true)
    return { runId, path: new URL(url).pathname }
  }

  async function outputOf(runId: string): Promise<unknown> {
    await server.plane.engine.execute([runId as RunId])
    return (await server.get(`/v1/runs/${runId}`)).body.output
  }

  const ASK = { approval: { title: 'Refund <b>70 €</b> & close?', message: 'Order "7"', timeout: '2h' } }

  it('asks before it decides, because programs open links in mails', async () => {
    const { runId, path } = await begin(ASK)
    const page = await server.call(`${path}?decision=reject`, { headers: html })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<h1>Refund &lt;b&gt;70 €&lt;/b&gt; &amp; close?</h1>')
    expect(page.body.indexOf('value="reject"')).toBeLessThan(page.body.indexOf('value="approve"'))
    expect(page.body).toContain('Northwind')
    expect(page.body).not.toMatch(/inlay|<script/i)
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/,
      ),
    })
    expect((await server.get('/v1/approvals')).body.data).toMatchObject([{ runId }])
    const body = 'decision=approve&comment=Fine+by+me'
    const done = await server.call(path, { method: 'POST', body, headers: { ...html, ...form } })
    expect([done.status, done.body.includes('Approved')]).toEqual([200, true])
    expect(await outputOf(runId)).toMatchObject({ approved: true, comment: 'Fine by me', by: { kind: 'link' } })
  })

  it('wears the brand of whose product it is', async () => {
    const logo = 'data:image/svg+xml;base64,PHN2Zy8+'
    const tokens = { colorPrimary: '#0f766e', radiusControl: '2px' }
    const brand = { productName: 'Harbour', logo, appearance: { tokens, dark: { colorPrimary: '#5eead4' } } }
    const setBrand = async (body: JsonObject): Promise<number> => (await server.put('/v1/branding', body)).status
    expect(await setBrand(brand)).toBe(200)
    const { path } = await begin(ASK)
    const { body, headers } = await server.call(path, { headers: html })
    expect(body).toContain(`<img src="${logo}" alt="Harbour">`)
    expect(body).toContain(':root{--main:#0f766e;--radius:2px;}')
    expect(body).toContain('@media (prefers-color-scheme:dark){:root{--main:#5eead4;}}')
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'sha256-${hash}'`)
    expect(policy).toContain('img-src data:')
    const given = await server.call(path, { method: 'POST', body: 'decision=reject', headers: { ...html, ...form } })
    expect(given.body).toContain('alt="Harbour"')
    expect(await setBrand({})).toBe(200)
  })

  it('is answered once, in the language of who asks', async () => {
    const { path } = await begin(ASK)
    const decide = (headers: Record<string, string>) =>
      server.call(path, { method: 'POST', body: { decision: 'reject' }, headers })
    expect(await decide({})).toMatchObject({ status: 200, body: { decision: 'reject' } })
    expect(await decide({})).toMatchObject({ status: 409, body: { code: 'approval.already_decided' } })
    expect(await decide(html)).toMatchObject({
      status: 409,
      body: expect.stringContaining('the first decision stands'),
    })
    expect((await server.call(path, { headers: html })).body).toContain('decided before')
  })

  it('is refused when it leads nowhere, or does not say what to do', async () => {
    const { path } = await begin(ASK)
    const unknown = `${path.slice(0, -2)}xx`
    expect(await server.call(unknown)).toMatchObject({
      status: 404,
      body: { code: 'link.not_found', type: expect.stringMatching(/\/docs\/errors\/link\.not_found$/) },
    })
    const page = await server.call(unknown, { headers: html })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    const vague = await server.call(path, { method: 'POST', body: { decision: 'maybe' } })
    expect(vague).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
    expect((await server.call(path, { headers: html })).status).toBe(200)
  })

  it('takes what a service sends to a callback', async () => {
    const { runId, path } = await begin({ callback: { timeout: '1h' } })
    expect(path).toMatch(/^\/callbacks\/[\w-]{43}$/)
    expect((await server.call(path)).status).toBe(404)
    const text = await server.call(path, { method: 'POST', body: 'done', headers: { 'content-type': 'text/plain' } })
    expect(text).toMatchObject({ status: 400, body: { code: 'request.media_type' } })
    const large = await server.call(path, { method: 'POST', body: { text: 'x'.repeat(1_048_576) } })
    expect(large).toMatchObject({ status: 413, body: { code: 'request.too_large' } })
    expect((await server.call(path, { method: 'POST', body: [1, 2] })).status).toBe(202)
    const again = await server.call(path, { method: 'POST', body: {} })
    expect(again).toMatchObject({ status: 409, body: { code: 'callback.already_answered' } })
    expect(await outputOf(runId)).toEqual({ body: [1, 2], timedOut: false })
  })

  it('is not needed by those who are signed in', async () => {
    const { runId } = await begin(ASK)
    const { data } = (await server.get(`/v1/approvals?runId=${runId}`)).body
    const decided = await server.post(`/v1/approvals/${data[0].id}/decide`, { decision: 'approve' })
    expect([decided.status, decided.body]).toEqual([200, { id: data[0].id, decision: 'approve' }])
    expect(await outputOf(runId)).toMatchObject({ approved: true, by: { kind: 'apiKey' } })
  })
})
