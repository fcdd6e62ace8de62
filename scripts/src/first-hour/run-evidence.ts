import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../command.js'
import { measureSizes } from '../measure-sizes/sizes.js'
import { ROOT, temporaryFolder } from '../paths.js'
import { step } from '../progress.js'
import { findChromium } from '../services/chromium.js'
import { startPostgres } from '../services/postgres.js'
import { startRedis } from '../services/redis.js'
import type { Service } from '../services/service.js'
import { type Evidence, readEvidence } from './evidence.js'

/** Runs tests with what they need, and gives what they have shown and noted. */
export async function runEvidence(files: readonly string[], signal: AbortSignal): Promise<Evidence> {
  const folder = temporaryFolder('inlay-first-hour-')
  const services: Service[] = []
  try {
    const [report, figures] = [join(folder, 'report.json'), join(folder, 'figures.jsonl')]
    const env = {
      ...process.env,
      ...(await servers(folder, services, signal)),
      INLAY_CHROMIUM: await findChromium(signal),
      INLAY_FIGURES: figures,
    }
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    await run(join(ROOT, 'node_modules/.bin/vitest'), ['run', ...reporters, ...files], { cwd: ROOT, signal, env })
    return readEvidence(report, figures)
  } finally {
    for (const service of services.reverse()) await service.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Weighs the loader, which no test does in a browser. */
export async function weighLoader(evidence: Evidence): Promise<void> {
  const sizes = await step('Weighing the loader', measureSizes)
  const loader = sizes.find(({ name }) => name === 'loader script')
  if (loader !== undefined) evidence.note(8, { loaderBytes: loader.bytes })
}

/** PostgreSQL and Redis for tests: those of the environment when it names both, else our own. */
async function servers(folder: string, started: Service[], signal: AbortSignal): Promise<NodeJS.ProcessEnv> {
  if (process.env['INLAY_TEST_DATABASE_URL'] && process.env['INLAY_TEST_REDIS_URL']) return {}
  const redis = await startRedis(folder, signal)
  started.push(redis)
  const options = { folder, password: 'test', settings: ['fsync=off', 'max_connections=300'], signal }
  const database = await step('Starting PostgreSQL', () => startPostgres(options))
  started.push(database)
  return { INLAY_TEST_DATABASE_URL: database.url, INLAY_TEST_REDIS_URL: redis.url }
}
