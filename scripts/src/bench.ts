/** `pnpm bench`: starts durable servers of its own and measures the product on them, next to raw limits. */
import { rmSync } from 'node:fs'
import { build } from './build/build.js'
import { run } from './command.js'
import { runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'
import { startPostgres } from './services/postgres.js'
import { startRedis } from './services/redis.js'
import type { Service } from './services/service.js'

runCommand(async (signal) => {
  const folder = temporaryFolder('inlay-bench-services-')
  const services: Service[] = []
  try {
    await build(signal)
    const redis = await startRedis(folder, signal)
    services.push(redis)
    const database = await step('Starting PostgreSQL', () => startPostgres({ folder, password: 'bench', signal }))
    services.push(database)
    return await run(process.execPath, ['--import', 'tsx', 'bench/src/main.ts', ...process.argv.slice(2)], {
      cwd: ROOT,
      signal,
      env: { ...process.env, DATABASE_URL: database.url, REDIS_URL: redis.url },
    })
  } finally {
    for (const service of services.reverse()) await service.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
