import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.js'
import { holdsText } from './text-search.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('lists that are searched by name', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
  })
  afterAll(() => test.drop())

  async function holds(text: string, wanted: string): Promise<boolean | undefined> {
    const [row] = await test.database.withTenant(
      { tenantId: 'ten_1' as TenantId },
      (sql) =>
        sql<
          { found: boolean }[]
        >`SELECT ${holdsText(sql, sql`t.name`, wanted)} AS found FROM (SELECT ${text}::text AS name) t`,
    )
    return row?.found
  }

  // As the search boxes of the widgets have it.
  it.each([
    ['cafe', 'Café Société'],
    ['SOCIETE', 'Café Société'],
    ['Société', 'CAFE SOCIETE'],
    ['grosse', 'Größe'],
    ['uber', 'U\u0308bergabe'],
    ['istanbul', 'İSTANBUL'],
    ['ｗｅｂ', 'Webhook'],
    ['ガ', 'ｶﾞｲﾄﾞ'],
    ['احمد', 'أحمد'],
    ['مكتبه', 'مكتبة'],
    ['محمد', 'مُحَمَّد'],
    ['الى Slack', 'إرسال إلى \u2068Slack\u2069 الآن'],
    ['50%', 'Discount of 50% off'],
    [' a_b\\ ', 'A_B\\c'],
  ])('for %s find %s', async (wanted, text) => {
    expect(await holds(text, wanted)).toBe(true)
  })

  it.each([
    ['50%', '500'],
    ['a_b', 'axb'],
    ['mess a', 'Send a message'],
  ])('for %s do not find %s', async (wanted, text) => {
    expect(await holds(text, wanted)).toBe(false)
  })
})
