import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { createConnection } from './query.js'

const url = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(url === undefined)('a query after one that failed half way, on the same connection', () => {
  const sql = postgres(url ?? 'postgres://unset', { max: 1, onnotice: () => {} })
  const failing = () => sql`SELECT 1 / (4 - i) AS quotient FROM generate_series(1, 10) i`

  afterAll(() => sql.end({ timeout: 2 }))

  it('has its own rows only', async () => {
    await expect(failing()).rejects.toThrow('division by zero')
    const rows = await sql`SELECT i FROM generate_series(1, 2) i`
    expect([...rows]).toEqual([{ i: 1 }, { i: 2 }])
  })

  it('has them also when it was sent before the other failed', async () => {
    const [first, second] = await Promise.allSettled([failing(), sql`SELECT i FROM generate_series(1, 2) i`])
    expect(first.status).toBe('rejected')
    expect(second).toMatchObject({ value: [{ i: 1 }, { i: 2 }] })
  })

  it('has no holes with a driver that leaves some', async () => {
    const unpatched = { unsafe: async () => Object.assign([], { 3: { i: 1 }, 4: { i: 2 } }) }
    const { query } = createConnection(unpatched as unknown as postgres.Sql, 1000)
    expect(await query('SELECT i', [])).toEqual([{ i: 1 }, { i: 2 }])
  })
})
