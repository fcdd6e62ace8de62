import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const program = fileURLToPath(new URL('main.ts', import.meta.url))

/** A port on which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = await listen()
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function listen(): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('the control plane as a process', () => {
  let test: TestDatabase
  let env: Record<string, string>
  const children: ChildProcess[] = []

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    env = {
      DATABASE_URL: test.databaseUrl,
      ENGINE_DATABASE_URL: test.engineDatabaseUrl,
      REDIS_URL: redisUrl ?? '',
      INLAY_MASTER_KEY: randomBytes(32).toString('base64'),
      PORT: String(await closedPort()),
    }
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await test.drop()
  })

  function start(changes: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=inlay-source', program], {
      env: { PATH: process.env['PATH'], ...env, ...changes },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    return child
  }

  /** How a start ends that should not succeed. */
  async function failure(changes: Record<string, string>): Promise<{ code: number; said: string }> {
    const child = start(changes)
    let said = ''
    child.stderr?.on('data', (text) => (said += String(text)))
    const [code] = await once(child, 'close')
    return { code: Number(code), said: said.trim() }
  }

  it('refuses a wrong environment, naming each variable', async () => {
    expect(await failure({ PORT: 'x', REDIS_URL: '' })).toEqual({
      code: 1,
      said: 'REDIS_URL is not set. It is the address of Redis, such as redis://localhost:6379.\nPORT must be a whole number from 1 to 65535.',
    })
  })

  it('refuses a port that is taken', async () => {
    const squatter = await listen()
    const port = portOf(squatter)
    const { code, said } = await failure({ PORT: String(port) })
    squatter.close()
    expect([code, said]).toEqual([1, `Port ${port} is already in use. Set PORT to a free one.`])
  })

  it('says what is wrong with the database', async () => {
    const url = new URL(test.databaseUrl)
    const at = (change: (address: URL) => void): string => {
      const address = new URL(url)
      change(address)
      return address.href
    }
    const port = await closedPort()
    const away = await failure({ DATABASE_URL: at((address) => (address.port = String(port))) })
    expect([away.code, away.said]).toEqual([
      1,
      expect.stringMatching(/^PostgreSQL cannot be reached at [\d.:]+ \(ECONNREFUSED\)\. Start it/),
    ])
    const refused = await failure({ DATABASE_URL: at((address) => (address.password = 'wrong')) })
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/^PostgreSQL refused a login\./)])
    const powerful = await failure({
      DATABASE_URL: at((address) =>
        Object.assign(address, { username: 'postgres', password: new URL(serverUrl ?? '').password }),
      ),
    })
    expect([powerful.code, powerful.said]).toEqual([
      1,
      expect.stringMatching(/^The database role postgres may bypass row security\./),
    ])
    await test.admin`UPDATE inlay.migrations SET name = 'x' WHERE name = '0004_row_security'`
    const behind = await failure({})
    await test.admin`UPDATE inlay.migrations SET name = '0004_row_security' WHERE name = 'x'`
    expect([behind.code, behind.said]).toEqual([
      1,
      expect.stringMatching(/^The database lacks the migration 0004_row_security\. Run /),
    ])
  })

  it('says when Redis is away', async () => {
    const host = `127.0.0.1:${await closedPort()}`
    const said = `Redis cannot be reached at ${host}. Start it, or correct REDIS_URL.`
    expect(await failure({ REDIS_URL: `redis://${host}` })).toEqual({ code: 1, said })
  })

  it('ends in peace on SIGTERM, also with a socket open', async () => {
    const child = start()
    await once(child.stdout ?? child, 'data')
    const base = `localhost:${env['PORT']}`
    expect((await fetch(`http://${base}/readyz`)).status).toBe(200)
    const { WebSocket } = await import('ws')
    const socket = new WebSocket(`ws://${base}/trpc`)
    await once(socket, 'open')
    child.kill('SIGTERM')
    const [closeCode] = await once(socket, 'close')
    const [code] = await once(child, 'close')
    expect([closeCode, code]).toEqual([1012, 0])
  })
})
