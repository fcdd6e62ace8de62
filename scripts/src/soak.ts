/**
 * `pnpm soak`: faults in real processes and random crashes, again and again, for as long as one likes.
 * Flag: `--minutes N` (default 30). Ends with 1 at the first failure, which names its seed.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'
import { startPostgres } from './services/postgres.js'

const PROPERTY_RUNS = 5000
const PROPERTY_TIMEOUT_MS = 600_000

runCommand(async (signal) => {
  const { values } = parseArgs({ options: { minutes: { type: 'string' } } })
  const minutes = Number(values.minutes ?? 30)
  if (!(minutes > 0)) throw new Refusal(`--minutes is "${values.minutes}" and must be a number above 0.`)
  const end = Date.now() + minutes * 60_000
  const folder = temporaryFolder('inlay-soak-')
  const settings = ['max_connections=300']
  const database = await step('Starting PostgreSQL', () =>
    startPostgres({ folder, password: 'soak', settings, signal }),
  )
  try {
    for (let round = 1; Date.now() < end && !signal.aborted; round++) {
      process.stdout.write(`\nRound ${round}\n`)
      const tests = ['tests/e2e/src/faults/', 'packages/engine/src/run/crash.test.ts']
      const code = await run(
        join(ROOT, 'node_modules/.bin/vitest'),
        ['run', `--testTimeout=${PROPERTY_TIMEOUT_MS}`, ...tests],
        {
          cwd: ROOT,
          signal,
          env: {
            ...process.env,
            INLAY_TEST_DATABASE_URL: database.url,
            INLAY_PROPERTY_RUNS: String(PROPERTY_RUNS),
          },
        },
      )
      if (code !== 0) return code
    }
    return 0
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
