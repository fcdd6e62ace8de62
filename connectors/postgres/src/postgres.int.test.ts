import { randomUUID } from 'node:crypto'
import { type JsonObject, StepError } from '@inlay/sdk/connector'
import { loadOptions, pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
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
    await expect.poll(sleeping, { timeout: 5000 }).toHaveLength(1)
    controller.abort(new StepError('cancelled', 'The step was cancelled'))
    expect(await thrown).toMatchObject({ kind: 'cancelled' })
    await expect.poll(sleeping, { timeout: 5000 }).toHaveLength(0)
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
})
