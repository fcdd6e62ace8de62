/**
 * `npx -y pnpm@12 test`: checks and tests everything, and provides what the tests need: PostgreSQL, Redis, Chromium.
 * Further arguments go to vitest.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build/build.js'
import { runGenerate } from './build/run-generate.js'
import { capture, run } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'
import { findChromium } from './services/chromium.js'
import { startPostgres } from './services/postgres.js'
import { startRedis } from './services/redis.js'
import type { Service } from './services/service.js'

const bin = join(ROOT, 'node_modules/.bin')

const LAYERS = ['packages', 'apps', 'connectors', 'examples', 'bench', 'scripts']
// The tests kill processes, never the operating system: what fsync protects from does not happen to them.
const POSTGRES_SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=300']

runCommand(async (signal) => {
  const folder = temporaryFolder('inlay-test-')
  const services: Service[] = []
  try {
    await step('Checking format and style', () => pass(['biome', 'check', '.'], signal))
    await step('Checking generated files', () => runGenerate(['--check'], signal))
    const redis = await startRedis(folder, signal)
    services.push(redis)
    await build(signal)
    await step('Checking the types of tests, layers, and what nobody uses', () =>
      Promise.all([
        pass(['tsc', '-p', 'tsconfig.tests.json'], signal),
        pass(['depcruise', '--config', '.dependency-cruiser.cjs', ...LAYERS], signal),
        pass(['knip', '--no-progress'], signal),
      ]),
    )
    const options = { folder, password: 'test', settings: POSTGRES_SETTINGS, signal }
    const database = await step('Starting PostgreSQL', () => startPostgres(options))
    services.push(database)
    const chromium = await step('Finding Chromium', () => findChromium(signal))
    return await run(join(bin, 'vitest'), ['run', ...process.argv.slice(2)], {
      cwd: ROOT,
      signal,
      env: {
        ...process.env,
        INLAY_TEST_DATABASE_URL: database.url,
        INLAY_TEST_REDIS_URL: redis.url,
        INLAY_CHROMIUM: chromium,
      },
    })
  } finally {
    for (const service of services.reverse()) await service.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

async function pass([program = '', ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  const { code, output } = await capture(join(bin, program), args, { cwd: ROOT, signal })
  if (code !== 0) throw new Refusal(output.trim())
}
