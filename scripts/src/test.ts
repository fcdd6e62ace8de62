/**
 * `npx -y pnpm@12 test`: checks and tests everything, and provides what the tests need: PostgreSQL, Redis, Chromium.
 * Further arguments go to vitest.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build/build.js'
import { capture, findProgram, run } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'
import { startPostgres } from './services/postgres.js'
import { startRedis } from './services/redis.js'
import type { Service } from './services/service.js'

const bin = join(ROOT, 'node_modules/.bin')

runCommand(async () => {
  const vitestArgs = process.argv.slice(2)
  const folder = temporaryFolder('inlay-test-')
  const services: Service[] = []
  try {
    await check('Checking format and style', 'biome', ['check', '.'])
    const redis = await startRedis(folder)
    services.push(redis)
    await build()
    await check('Checking the types of tests', 'tsc', ['-p', 'tsconfig.tests.json'])
    await check('Checking layers', 'depcruise', [
      '--config',
      '.dependency-cruiser.cjs',
      'packages',
      'apps',
      'connectors',
      'examples',
      'bench',
      'scripts',
    ])
    // The tests kill processes, never the operating system: what fsync protects from does not happen to them.
    const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=300']
    const database = await step('Starting PostgreSQL', () => startPostgres({ folder, password: 'test', settings }))
    services.push(database)
    const chromium = await step('Finding Chromium', findChromium)
    return await run(join(bin, 'vitest'), ['run', ...vitestArgs], {
      cwd: ROOT,
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

async function check(what: string, program: string, args: readonly string[]): Promise<void> {
  await step(what, async () => {
    const { code, output } = await capture(join(bin, program), args, { cwd: ROOT })
    if (code !== 0) throw new Refusal(output.trim())
  })
}

async function findChromium(): Promise<string> {
  const given =
    process.env['CHROMIUM_PATH'] ??
    (await findProgram('chromium')) ??
    (await findProgram('chromium-browser')) ??
    (await findProgram('google-chrome'))
  if (given !== undefined) return given
  if (process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await capture('apt-get', ['update', '-qq'], { env })
    await capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core'], {
      env,
    })
    const installed = await findProgram('chromium')
    if (installed !== undefined) return installed
  }
  throw new Refusal('Chromium was not found. Install it, or set CHROMIUM_PATH to it, then test again.')
}
