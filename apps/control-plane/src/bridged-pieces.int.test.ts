import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunId } from '@inlay/engine'
import { ConfigError, readConfig } from '@inlay/platform/config'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBridgedPieces } from './bridged-pieces.js'
import { hasServers, startTestServer, type TestServer } from './http/test-server.js'

const PIECE = { package: '@activepieces/piece-store', version: '0.6.20' }
const folder = join(tmpdir(), 'inlay-bridged-store')

/** As `docs/how-to/bridge-activepieces.md` says; later runs find it again. Why it could not be done, if so. */
function installPiece(): string | undefined {
  const lock = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(lock) && readFileSync(lock, 'utf8').includes(`node_modules/${PIECE.package}`)) return undefined
  mkdirSync(folder, { recursive: true })
  const flags = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund', '--legacy-peer-deps']
  const args = ['install', '--prefix', folder, ...flags, `${PIECE.package}@${PIECE.version}`]
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', timeout: 120_000 })
  return status === 0 ? undefined : `npm could not install it: ${stderr.slice(0, 200)}`
}

const missing = installPiece()
const reason = missing ?? (!hasServers() ? 'no servers' : undefined)

describe.skipIf(reason !== undefined)(`a piece that the operator names (${reason ?? 'installed'})`, () => {
  let server: TestServer

  beforeAll(async () => {
    const bridgedPieces = JSON.stringify({ 'activepieces-store': { ...PIECE, folder } })
    server = await startTestServer({ bridgedPieces })
  })

  afterAll(() => server?.close())

  it('is a connector of the deployment: it is listed, described, and run', async () => {
    const { data } = (await server.get('/v1/connectors?limit=100&search=storage')).body
    expect(data).toContainEqual(expect.objectContaining({ id: 'activepieces-store', version: PIECE.version }))
    const described = (await server.get('/v1/connectors/activepieces-store')).body
    expect(described.actions.map(({ id }: { id: string }) => id)).toContain('put')
    const step = (id: string, action: string, input: object) => ({
      ...{ id, type: 'action', connector: 'activepieces-store', action },
      input: { key: 'greeting', store_scope: 'FLOW', ...input },
    })
    const steps = [step('keep', 'put', { value: 'Hello' }), step('take', 'get', {})]
    const definition = { schema: 'inlay/workflow@1', name: 'Store', trigger: { type: 'manual' }, steps }
    const { customerId } = server.demo
    const { body: workflow } = await server.post('/v1/workflows', { customerId, name: 'Store', definition })
    await server.post(`/v1/workflows/${workflow.id}/publish`)
    const { body: run } = await server.post(`/v1/workflows/${workflow.id}/runs`, { input: {} })
    await server.plane.engine.execute([run.id as RunId])
    expect((await server.get(`/v1/runs/${run.id}`)).body).toMatchObject({ status: 'succeeded' })
    const { body } = await server.get(`/v1/runs/${run.id}/steps`)
    expect(body.data.at(-1)).toMatchObject({ output: 'Hello' })
  })
})

describe('the pieces that an operator names', () => {
  it('are found out at the start when one is not installed as it says', async () => {
    const piece = { id: 'activepieces-none', name: '@activepieces/piece-none', version: '1.0.0', folder: tmpdir() }
    await expect(openBridgedPieces([piece])).rejects.toMatchObject({
      message: 'The piece @activepieces/piece-none@1.0.0 cannot be used',
      detail: expect.stringContaining('npm install --ignore-scripts'),
    })
  })

  it('are refused by the name of their variable when they are not written as they should be', () => {
    const tryRead = (text: string) => {
      try {
        readConfig({ BRIDGED_PIECES: text })
        return ''
      } catch (error) {
        return error instanceof ConfigError ? error.message : String(error)
      }
    }
    expect(tryRead('{"a": {"package": "x", "version": "latest", "folder": "/srv"}}')).toContain(
      'BRIDGED_PIECES is wrong at a.version: it must look like {',
    )
    expect(tryRead('/nowhere/pieces.json')).toContain('BRIDGED_PIECES must be JSON such as')
    expect(tryRead('{"a": {"package": "x", "version": "1.0.0", "folder": "/srv"}}')).not.toContain('BRIDGED_PIECES')
  })
})
