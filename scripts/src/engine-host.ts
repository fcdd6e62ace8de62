/** `pnpm example:engine-host`: the example of a service with the engine in its own process, with a PostgreSQL of its own. */
import { join } from 'node:path'
import { build } from './build/build.js'
import { run } from './command.js'
import { runCommand } from './failure.js'
import { dataFolder, ROOT } from './paths.js'
import { step } from './progress.js'
import { startPostgres } from './services/postgres.js'

runCommand(async (signal) => {
  await build(signal)
  const folder = join(dataFolder(), 'engine-host')
  const database = await step('Starting PostgreSQL', () => startPostgres({ folder, password: 'example' }))
  try {
    const env = { ...process.env, DATABASE_URL: process.env['DATABASE_URL'] ?? database.url }
    const code = await run(process.execPath, ['examples/engine-host/dist/main.js'], { cwd: ROOT, signal, env })
    // Ctrl-C is how it ends.
    return signal.aborted ? 0 : code
  } finally {
    await database.stop()
  }
})
