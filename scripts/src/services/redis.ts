import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { step } from '../progress.js'
import { freePort } from './free-port.js'
import { askRedis, assertUsable } from './redis-connection.js'
import { findRedis } from './redis-program.js'
import type { Service } from './service.js'
import { StartFailure, Supervisor } from './supervisor.js'

/**
 * Starts a real Redis of our own. Its data is thrown away when it is damaged: PostgreSQL knows what has to be done.
 *
 * @throws Refusal when there is no Redis and none can be installed
 */
export async function startRedis(folder: string, signal?: AbortSignal): Promise<Service> {
  const program = await findRedis(join(folder, 'logs/redis-install.log'), signal)
  return step('Starting Redis', async () => {
    const data = join(folder, 'redis')
    try {
      return await startOn(data, program, folder)
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error
      rmSync(data, { recursive: true, force: true })
      return startOn(data, program, folder)
    }
  })
}

async function startOn(data: string, program: string, folder: string): Promise<Service> {
  mkdirSync(data, { recursive: true })
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '',
    daemonize: 'no',
  }
  const supervisor = new Supervisor({
    name: 'redis',
    folder,
    program,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    // A running Redis shows its address instead of its arguments.
    mark: String(port),
    isReady: () => isLoaded(url),
  })
  const stop = (): Promise<void> => supervisor.stop()
  try {
    await supervisor.start()
    assertUsable(await askRedis(url), `The Redis of this machine, ${program},`)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A Redis answers `INFO` while it is still reading its data. */
async function isLoaded(url: string): Promise<boolean> {
  const facts = await askRedis(url).catch(() => undefined)
  return facts?.get('loading') === '0'
}
