/** A Redis of a test's own: for those that stop it, and for those whose jobs no other worker may take. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRedis, redisReady } from '@inlay/platform/realtime'

/** Whether this machine has a `redis-server` to start. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

export interface TestRedis {
  readonly url: string
  /** Starts it, with nothing in it. */
  start(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Ends it for good. */
  drop(): Promise<void>
}

/** Not started yet. */
export async function createTestRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    if (server === undefined) return
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server.kill('SIGKILL')
    await ended
    server = undefined
  }
  return {
    url,
    kill,
    start: async () => {
      const args = ['--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']
      server = spawn('redis-server', args, { stdio: 'ignore' })
      const probe = connectRedis(url)
      await redisReady(probe)
      probe.disconnect()
    },
    drop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
