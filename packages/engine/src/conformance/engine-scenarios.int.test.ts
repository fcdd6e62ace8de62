import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { ARRAY_TYPES, createPostgresJournal, migrate } from '../postgres/index.js'
import { systemClock } from '../run/system-clock.js'
import { engineScenarios, runScenario } from './index.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_rules_${process.pid}_${Date.now()}`

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(adminUrl === undefined)('the engine on the PostgreSQL journal', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 12, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  // One after the other: the sweep of one would take up what another is meant to find.
  it.each(engineScenarios)('$rule', async (scenario) => {
    const journal = createPostgresJournal({ sql })
    // Without jitter, so that each back-off is long enough to be seen.
    const clock = { ...systemClock(), random: () => 0.5 }
    await runScenario(scenario, { journal, clock, pass: (ms) => delay(ms) })
  })
})
