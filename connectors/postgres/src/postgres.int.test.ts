import { randomUUID } from 'node:crypto'
import { type JsonObject, type JsonValue, StepError, z } from '@inlay/sdk/connector'
import { loadOptions, loadSchema, OUTPUT, pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

const url = process.env.INLAY_TEST_DATABASE_URL
const database = `connector_${randomUUID().replaceAll('-', '')}`
const at = new URL(url ?? 'postgres://nobody@127.0.0.1/none')
const admin = postgres(at.href, { max: 1 })

const auth = (changes: JsonObject = {}) => ({
  kind: 'basic' as const,
  username: decodeURIComponent(at.username),
  password: decodeURIComponent(at.password),
  fields: { host: at.hostname, port: Number(at.port || 5432), database, tls: 'none', ...changes },
})
const run = (action: string, input: JsonObject) => runAction(connector, action, { auth: auth(), input })
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const table = 'odd "name'

describe.skipIf(url === undefined)('PostgreSQL (needs INLAY_TEST_DATABASE_URL)', () => {
  beforeAll(async () => {
    await admin.unsafe(`create database ${database}`)
    const sql = postgres(Object.assign(new URL(at), { pathname: `/${database}` }).href, { max: 1 })
    await sql.unsafe(`create table "odd ""name" (id bigint primary key, facts jsonb, made timestamptz, raw bytea)`)
    await sql.unsafe(`create schema shop; create table shop.orders (id uuid primary key default gen_random_uuid(),
        number text, total numeric(8,2), placed date, tags text[], updated_at timestamp default now());
      create function shop.add(a int, b int default 1) returns int language sql as 'select a + b';
      create function shop.join_texts(text, text) returns text language sql as $f$ select $1 || '-' || $2 $f$;
      create function shop.of_json(given jsonb) returns table (n int, facts jsonb) language sql
        as $f$ select 1, given union all select 2, given $f$;
      create procedure shop.clear_orders(named text) language sql as 'delete from shop.orders where number = named'`)
    await sql.end()
  })
  afterAll(async () => {
    await admin.unsafe(`drop database if exists ${database} with (force)`)
    await admin.end()
  })

  it('inserts, upserts, queries, updates and deletes, with plain JSON in and out', async () => {
    const row = { id: '9007199254740993', facts: { a: [1] }, made: '2026-01-02T03:04:05Z', raw: '\\x0102' }
    const stored = { ...row, made: '2026-01-02T03:04:05.000Z', raw: 'AQI=' }
    expect(await run('insertRow', { table, row })).toEqual({ row: stored })
    const again = await run('insertRow', { table, row: { id: row.id, facts: null }, keyColumns: ['id'] })
    expect(again).toEqual({ row: { ...stored, facts: null } })
    expect(await run('updateRows', { table, where: { id: row.id }, set: { facts: 1 } })).toEqual({ count: 1 })
    const text = 'select id, facts from "odd ""name" where id = $1'
    expect(await run('query', { sql: text, parameters: [row.id] })).toEqual({
      rows: [{ id: row.id, facts: 1 }],
      isTruncated: false,
    })
    expect(await run('deleteRows', { table, where: { id: row.id } })).toEqual({ count: 1 })
  })

  it('gives no more rows than asked for, and changes nothing by a query', async () => {
    const many = await run('query', { sql: 'select n from generate_series(1, 1000) n', maxRows: 2 })
    expect(many).toEqual({ rows: [{ n: 1 }, { n: 2 }], isTruncated: true })
    for (const sql of ['delete from "odd ""name"', 'commit; delete from "odd ""name"']) {
      expect(await thrownBy(run('query', { sql }))).toMatchObject({ kind: 'rejected' })
    }
  })

  it('says by SQLSTATE what failed', async () => {
    await run('insertRow', { table, row: { id: 1 } })
    expect(await thrownBy(run('insertRow', { table, row: { id: 1 } }))).toMatchObject({
      kind: 'rejected',
      data: { code: '23505' },
    })
    const nowhere = testConnection(connector, { auth: auth({ database: 'no_such_database' }) })
    expect(await thrownBy(nowhere)).toMatchObject({ kind: 'authentication' })
    const encrypted = testConnection(connector, { auth: auth({ tls: 'verify' }) })
    expect(await thrownBy(encrypted)).toBeInstanceOf(StepError)
    await testConnection(connector, { auth: auth() })
  })

  it('ends the statement at the server when the step is aborted', async () => {
    const controller = new AbortController()
    const input = { sql: 'select pg_sleep(50)' }
    const thrown = thrownBy(runAction(connector, 'query', { auth: auth(), input, signal: controller.signal }))
    const sleeping = () => admin`select 1 from pg_stat_activity
      where datname = ${database} and state = 'active' and query like '%pg_sleep(50)%'`
    await expect.poll(sleeping).toHaveLength(1)
    controller.abort(new StepError('cancelled', 'The step was cancelled'))
    expect(await thrown).toMatchObject({ kind: 'cancelled' })
    await expect.poll(sleeping).toHaveLength(0)
  })

  it('tells each new row once, and lists tables', async () => {
    const options = { auth: auth(), input: { table } }
    const first = await pollTrigger(connector, 'newRow', { ...options, cursor: null })
    expect(first.items.map(({ id }) => id)).toEqual(['1'])
    await run('insertRow', { table, row: { id: 2 } })
    const second = await pollTrigger(connector, 'newRow', { ...options, cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['2'])
    await run('insertRow', { table, row: { id: 12 } })
    const third = await pollTrigger(connector, 'newRow', { ...options, cursor: second.cursor })
    expect(third.items.map(({ id }) => id)).toEqual(['12'])
    // Took its number before 12 did, and was committed after it.
    await run('insertRow', { table, row: { id: 7 } })
    const late = await pollTrigger(connector, 'newRow', { ...options, cursor: third.cursor })
    expect(late.items.map(({ id }) => id)).toEqual(['7'])
    const last = await pollTrigger(connector, 'newRow', { ...options, cursor: late.cursor })
    expect(last.items).toEqual([])
    const tables = await loadOptions(connector, { auth: auth(), of: 'insertRow', field: 'table' })
    expect(tables.options.map(({ value }) => value)).toEqual([table])
  })

  const shop = { schema: 'shop', table: 'orders' }
  const numbers = async (input: JsonObject): Promise<unknown[]> => {
    const { rows } = (await run('selectRows', { ...shop, orderBy: 'number', ...input })) as { rows: JsonObject[] }
    return rows.map(({ number }) => number)
  }

  it('inserts and upserts many rows at once, and selects them by filters and in order', async () => {
    const rows = [
      { number: 'A-1', total: 10.5, placed: '2026-01-01', tags: ['new', 'x'] },
      { number: 'A_2', total: '20', placed: '2026-02-01' },
      { number: 'B-3', total: null, placed: '2026-03-01' },
    ]
    expect(await run('insertRows', { ...shop, rows })).toEqual({ count: 3 })
    const filtered = (column: string, operator: string, value?: JsonValue) =>
      numbers({ filters: [{ column, operator, ...(value === undefined ? {} : { value }) }] })
    expect(await filtered('total', 'equals', 10.5)).toEqual(['A-1'])
    expect(await filtered('total', 'greaterOrEqual', '10.50')).toEqual(['A-1', 'A_2'])
    expect(await filtered('placed', 'less', '2026-02-01')).toEqual(['A-1'])
    expect(await filtered('number', 'isOneOf', ['B-3', 'A-1', 'C'])).toEqual(['A-1', 'B-3'])
    expect(await filtered('number', 'contains', '_')).toEqual(['A_2'])
    expect(await filtered('number', 'startsWith', 'a')).toEqual(['A-1', 'A_2'])
    expect(await filtered('tags', 'equals', ['new', 'x'])).toEqual(['A-1'])
    expect(await filtered('total', 'isEmpty')).toEqual(['B-3'])
    expect(await filtered('total', 'isNotEmpty')).toEqual(['A-1', 'A_2'])
    expect(await numbers({ direction: 'descending', maxRows: 1, skip: 1 })).toEqual(['A_2'])
    const wrong = run('selectRows', { ...shop, filters: [{ column: 'placed', operator: 'less', value: 'soon' }] })
    expect(await thrownBy(wrong)).toMatchObject({ kind: 'rejected', data: { code: '22007' } })
    const [{ id } = { id: '' }] = z
      .object({ rows: z.array(z.object({ id: z.string() })) })
      .parse(await run('selectRows', { ...shop, filters: [{ column: 'number', value: 'A-1' }] })).rows
    const again = [{ id, number: 'A-1', total: 11 }]
    expect(await run('insertRows', { ...shop, rows: again, keyColumns: ['id'] })).toEqual({ count: 1 })
    expect(await filtered('total', 'equals', 11)).toEqual(['A-1'])
  })

  it('runs one statement of any kind, with parameters', async () => {
    const sql = 'update shop.orders set tags = $1 where number = any ($2) returning number, tags'
    const parameters = [['late'], ['A-1', 'A_2']]
    expect(await run('runStatement', { sql, parameters })).toMatchObject({ count: 2, rows: [{ tags: ['late'] }, {}] })
    const two = run('runStatement', { sql: 'select 1; select 2' })
    expect(await thrownBy(two)).toMatchObject({ kind: 'rejected' })
  })

  it('calls functions and procedures, by name and by place', async () => {
    const call = (name: string, given: JsonObject) =>
      run('callFunction', { schema: 'shop', function: name, arguments: given })
    expect(await call('add', { a: 2 })).toEqual({ rows: [{ add: 3 }] })
    expect(await call('add', { b: 5, a: 2 })).toEqual({ rows: [{ add: 7 }] })
    expect(await call('join_texts', { $2: 'b', $1: 'a' })).toEqual({ rows: [{ join_texts: 'a-b' }] })
    const of = await call('of_json', { given: { a: [1] } })
    expect(of).toEqual({ rows: [1, 2].map((n) => ({ n, facts: { a: [1] } })) })
    await call('clear_orders', { named: 'B-3' })
    expect(await numbers({})).toEqual(['A-1', 'A_2'])
    expect(await thrownBy(call('no_such', {}))).toMatchObject({ kind: 'rejected' })
  })

  it('knows schemas, tables, columns, functions and their arguments', async () => {
    const values = async (of: string, field: string, input: JsonObject = {}) =>
      (await loadOptions(connector, { auth: auth(), of, field, input })).options.map(({ value }) => value)
    expect(await values('selectRows', 'schema')).toEqual(['public', 'shop'])
    expect(await values('selectRows', 'table', { schema: 'shop' })).toEqual(['orders'])
    expect(await values('changedRow', 'column', shop)).toContain('updated_at')
    expect(await values('callFunction', 'function', { schema: 'shop' })).toContain('join_texts')
    const form = (of: string, field: string, input: JsonObject) =>
      loadSchema(connector, { auth: auth(), of, field, input })
    const named = await form('callFunction', 'arguments', { schema: 'shop', function: 'add' })
    expect(named).toMatchObject({ properties: { a: { type: ['integer', 'null'] }, b: {} } })
    const placed = await form('callFunction', 'arguments', { schema: 'shop', function: 'join_texts' })
    expect(Object.keys(placed['properties'] ?? {})).toEqual(['$1', '$2'])
    expect(await form('selectRows', OUTPUT, shop)).toMatchObject({
      properties: { rows: { items: { properties: { total: {} } } } },
    })
  })

  it('tells each change once: equal times, many at once, late and of the future', async () => {
    const sql = postgres(Object.assign(new URL(at), { pathname: `/${database}` }).href, { max: 1 })
    await sql.unsafe('create table moved (id int primary key, note text, changed timestamptz)')
    const set = (id: number, changed: string) =>
      sql`insert into moved values (${id}, '', ${changed}) on conflict (id) do update set changed = excluded.changed`
    const input = { table: 'moved', column: 'changed' }
    const now = Date.parse('2026-05-04T12:00:00Z')
    let cursor: JsonValue | undefined
    const poll = async (): Promise<unknown[]> => {
      const told: unknown[] = []
      for (let more = true; more; ) {
        const given = cursor === undefined ? {} : { cursor }
        const polled = await pollTrigger(connector, 'changedRow', { auth: auth(), input, now, ...given })
        if (cursor !== undefined) told.push(...polled.items.map(({ data }) => (data as { id: number }).id))
        cursor = polled.cursor
        more = polled.hasMore === true
      }
      return told
    }
    await set(1, '2026-05-04T11:00:00Z')
    expect(await poll()).toEqual([])
    expect(await poll()).toEqual([])
    await set(2, '2026-05-04T11:00:00Z')
    await set(3, '2026-05-04T11:01:00.000001Z')
    expect(await poll()).toEqual([2, 3])
    await set(1, '2026-05-04T11:01:00.000001Z')
    expect(await poll()).toEqual([1])
    // Began before the others, and was committed after they were told.
    await set(4, '2026-05-04T10:58:00Z')
    expect(await poll()).toEqual([4])
    await set(5, '2026-05-04T10:00:00Z')
    expect(await poll()).toEqual([])
    await set(6, '2099-01-01T00:00:00Z')
    expect(await poll()).toEqual([6])
    await set(7, '2026-05-04T11:30:00Z')
    expect(await poll()).toEqual([7])
    // More at one moment than the cursor remembers.
    await sql`insert into moved select n, '', '2026-05-04T11:40:00Z' from generate_series(1000, 4999) n`
    const many = await poll()
    expect([many.length, new Set(many).size]).toEqual([4000, 4000])
    expect(JSON.stringify(cursor).length).toBeLessThan(200_000)
    expect(await poll()).toEqual([])
    await set(8, '2026-05-04T11:41:00Z')
    expect(await poll()).toEqual([8])
    await sql.end()
  })

  it('tells each new row of a query once, and changes nothing by it', async () => {
    const poll = (sql: string, cursor?: JsonValue) =>
      pollTrigger(connector, 'queryRow', {
        auth: auth(),
        input: { sql, parameters: ['A%'], keyColumn: 'number' },
        ...(cursor === undefined ? {} : { cursor }),
      })
    const sql = 'select number from shop.orders where number like $1'
    const first = await poll(sql)
    await run('insertRow', { ...shop, row: { number: 'A-9' } })
    const second = await poll(sql, first.cursor)
    expect(second.items.map(({ data }) => data)).toEqual([{ number: 'A-9' }])
    expect((await poll(sql, second.cursor)).items).toEqual([])
    const many = poll('select n || $1 as number from generate_series(1, 1001) n')
    expect(await thrownBy(many)).toMatchObject({ kind: 'limit' })
    const writing = poll('delete from shop.orders where number like $1 returning number')
    expect(await thrownBy(writing)).toMatchObject({ kind: 'rejected' })
  })
})
