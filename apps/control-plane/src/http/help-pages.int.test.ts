import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GUIDES } from '@inlay/platform/help'
import { Inlay, toApiError } from '@inlay/sdk/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('help for developers', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })

  afterAll(() => server?.close())

  const textOf = async (address: string): Promise<{ status: number; type: string; text: string }> => {
    const response = await fetch(address)
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    }
  }

  it('stands behind the type of a problem, as a page that does not say who made it', async () => {
    const { body } = await server.get('/v1/runs/run_none')
    expect(body).toMatchObject({ code: 'run.not_found', type: `${server.base}/docs/errors/run.not_found` })
    const page = await textOf(body.type)
    expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.text).toContain('There is no such run.')
    expect(page.text).toContain('What to do')
    expect(page.text).not.toMatch(/inlay/i)
    expect((await textOf(`${body.type}.md`)).text).toContain('# run.not_found')
    expect(await textOf(`${server.base}/docs/errors/nothing.like_it`)).toMatchObject({ status: 404 })
  })

  it('is what errors of the client lead to, over tRPC and REST', async () => {
    const inlay = new Inlay({ apiKey: server.demo.apiKey, baseUrl: server.base, maxRetries: 0 })
    const failures = await Promise.all(
      [() => inlay.runs.get('run_none'), () => inlay.runs.rerun('run_none')].map((call) =>
        call().then(() => expect.fail('it succeeded'), toApiError),
      ),
    )
    expect(failures.map(({ docsUrl }) => docsUrl)).toEqual(Array(2).fill(`${server.base}/docs/errors/run.not_found`))
  })

  it('begins at llms.txt, whose every link leads somewhere', async () => {
    const { type, text } = await textOf(`${server.base}/llms.txt`)
    expect(type).toBe('text/plain; charset=utf-8')
    expect(text).toMatch(/^# .+\n\n> /)
    expect(text).not.toMatch(/inlay/i)
    const links = [...text.matchAll(/\]\((\S+)\)/g)].map(([, address = '']) => address)
    expect(links.length).toBeGreaterThan(20)
    for (const link of links) expect([link, (await textOf(link)).status]).toEqual([link, 200])
  })

  it('has guides with the addresses of this deployment, and links that lead on', async () => {
    const address = `${server.base}/docs/guides/embed.md`
    const { type, text } = await textOf(address)
    expect(type).toBe('text/markdown; charset=utf-8')
    expect(text).toContain(`<script async src="${server.base}/embed/v1.js"></script>`)
    for (const { name } of GUIDES) {
      const guide = await textOf(`${server.base}/docs/guides/${name}.md`)
      const links = [...guide.text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link = '']) => link)
      for (const link of links) {
        expect([name, link, (await textOf(new URL(link, address).href)).status]).toEqual([name, link, 200])
      }
    }
  })

  it('leaves out only what is for operators and contributors', () => {
    const folder = fileURLToPath(new URL('../../../../docs/how-to', import.meta.url))
    const all = readdirSync(folder).map((file) => file.replace(/\.md$/, ''))
    const served = GUIDES.map(({ name }) => name)
    expect(all.filter((name) => !served.includes(name)).sort()).toEqual([
      'add-a-connector',
      'add-a-route',
      'add-a-step-type',
      'bridge-activepieces',
      'rotate-keys',
    ])
  })
})
