import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JsonObject, StepError, z } from '@inlay/sdk/connector'
import { loadOptions, loadSchema, pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connector } from './connector.js'

const tools = [
  ['mariadbd', '--version'],
  ['mariadb-install-db', '--help'],
  ['openssl', 'version'],
] as const
const missing = tools.filter(([tool, flag]) => spawnSync(tool, [flag]).error !== undefined).map(([tool]) => tool)
const reason = missing.length === 0 ? 'against its own MariaDB' : `skipped: no ${missing.join(', ')} on this machine`

const table = 'odd `name'
const password = 'test-key'
let directory = ''
let port = 0
let server: ChildProcess | undefined

const auth = (changes: JsonObject = {}, user: JsonObject = {}) => ({
  kind: 'basic' as const,
  username: 'worker',
  password,
  ...user,
  fields: { host: '127.0.0.1', port, database: 'shop', tls: 'none', ...changes },
})
const run = (action: string, input: JsonObject) => runAction(connector, action, { auth: auth(), input })
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const asRoot = () => createConnection({ host: '127.0.0.1', port, user: 'root', multipleStatements: true })
const certificate = () => join(directory, 'cert.pem')

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // A TCP server's address has this shape.
  const { port: free } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return free
}

async function startServer(): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'inlay-mysql-'))
  const datadir = `--datadir=${join(directory, 'data')}`
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const install = ['--no-defaults', datadir, '--auth-root-authentication-method=normal', '--skip-test-db', ...user]
  spawnSync('mariadb-install-db', install)
  const key = join(directory, 'key.pem')
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  spawnSync('openssl', [...made, '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate()])
  port = await freePort()
  const network = ['--skip-networking=0', '--bind-address=127.0.0.1', `--port=${port}`]
  const files = [`--socket=${join(directory, 's')}`, `--pid-file=${join(directory, 'pid')}`]
  const tls = [`--ssl-cert=${certificate()}`, `--ssl-key=${key}`]
  const flags = ['--no-defaults', datadir, ...network, ...files, ...tls, ...user]
  server = spawn('mariadbd', flags, { stdio: 'ignore' })
  await vi.waitFor(async () => (await asRoot()).end(), { timeout: 30_000, interval: 200 })
}

describe.skipIf(missing.length > 0)(`MySQL (${reason})`, () => {
  beforeAll(async () => {
    await startServer()
    const root = await asRoot()
    await root.query(`create database shop; create database locked; use shop;
      create table \`odd \`\`name\` (id bigint unsigned primary key auto_increment, facts json, made datetime(3),
        raw varbinary(10), total decimal(6,2), status varchar(20) unique);
      create table secret (id int);
      create user worker@'%' identified by '${password}';
      grant select on shop.seq_1_to_100000 to worker@'%';
      grant select, insert, update, delete on shop.\`odd \`\`name\` to worker@'%'`)
    await root.end()
  })
  afterAll(async () => {
    if (server !== undefined && server.exitCode === null && server.signalCode === null) {
      const exited = once(server, 'exit')
      // Its data is thrown away: nothing has to be written.
      server.kill('SIGKILL')
      await exited
    }
    if (directory !== '') rmSync(directory, { recursive: true, force: true })
  })

  it('inserts, upserts, queries, updates and deletes, with plain JSON in and out', async () => {
    const id = '9007199254740993'
    const row = { id, facts: { a: [1] }, made: '2026-01-02 03:04:05.250', raw: 'ab', total: 19.9, status: 'new' }
    expect(await run('insertRow', { table, row })).toEqual({ insertId: id })
    await run('insertRow', { table, row: { id: '9007199254740992', status: 'other' } })
    await run('insertRow', { table, row: { id, facts: null }, whenExists: 'update' })
    expect(await run('updateRows', { table, where: { id }, set: { status: "a'b" } })).toEqual({ count: 1 })
    const sql = 'select * from `odd ``name` where id = ? limit ?'
    expect(await run('query', { sql, parameters: [id, 5] })).toEqual({
      rows: [{ ...row, facts: null, raw: 'YWI=', total: '19.90', status: "a'b" }],
      isTruncated: false,
    })
    expect(await run('deleteRows', { table, where: { id } })).toEqual({ count: 1 })
    expect(await run('deleteRows', { table, where: { status: 0 } })).toEqual({ count: 0 })
    expect(await run('deleteRows', { table, where: { status: 'other' } })).toEqual({ count: 1 })
  })

  it('never changes rows without a condition', async () => {
    for (const where of [{}, { id: null }]) {
      expect(await thrownBy(run('deleteRows', { table, where }))).toMatchObject({ kind: 'validation' })
    }
  })

  it('gives no more rows than asked for, and changes nothing by a query', async () => {
    const many = await run('query', { sql: 'select seq as n from seq_1_to_100000', maxRows: 2 })
    expect(many).toEqual({ rows: [{ n: '1' }, { n: '2' }], isTruncated: true })
    const written = 'delete from `odd ``name`'
    const refused = [written, `/*! ${written} */`, 'commit', `select 1; ${written}`, 'set global wait_timeout = 1']
    for (const sql of refused) expect(await thrownBy(run('query', { sql }))).toMatchObject({ kind: 'rejected' })
    const commented = await run('query', { sql: "-- all\n/* of it */ (select 'x' as n)" })
    expect(commented).toEqual({ rows: [{ n: 'x' }], isTruncated: false })
  })

  it('says by error number what failed', async () => {
    await run('insertRow', { table, row: { id: 1, status: 'one' } })
    const again = run('insertRow', { table, row: { id: 1 } })
    expect(await thrownBy(again)).toMatchObject({ kind: 'rejected', data: { errno: 1062 } })
    const secret = run('query', { sql: 'select * from secret' })
    expect(await thrownBy(secret)).toMatchObject({ kind: 'authorization', data: { errno: 1142 } })
    const tested = (fields: JsonObject, user: JsonObject = {}) =>
      thrownBy(testConnection(connector, { auth: auth(fields, user) }))
    expect(await tested({}, { password: 'wrong' })).toMatchObject({ kind: 'authentication', data: { errno: 1045 } })
    expect(await tested({ database: 'locked' })).toMatchObject({ kind: 'authorization', data: { errno: 1044 } })
    const nowhere = await tested({ database: 'no_such' }, { username: 'root', password: '' })
    expect(nowhere).toMatchObject({ kind: 'rejected', data: { errno: 1049 } })
    expect(await tested({ port: await freePort() })).toMatchObject({ kind: 'communication' })
    expect(await tested({})).toBeUndefined()
  })

  it('checks the certificate and the name in it before it sends the password', async () => {
    const ca = readFileSync(certificate(), 'utf8')
    const tested = (fields: JsonObject) => thrownBy(testConnection(connector, { auth: auth(fields) }))
    expect(await tested({ host: 'localhost', tls: 'verify', ca })).toBeUndefined()
    expect(await tested({ host: 'localhost', tls: 'verify' })).toMatchObject({ kind: 'communication' })
    expect(await tested({ tls: 'verify', ca })).toMatchObject({ kind: 'rejected' })
    expect(await tested({ tls: 'unverified' })).toBeUndefined()
  })

  it('ends at once when the step is aborted', async () => {
    const controller = new AbortController()
    const input = { sql: 'select sleep(50)' }
    const thrown = thrownBy(runAction(connector, 'query', { auth: auth(), input, signal: controller.signal }))
    const root = await asRoot()
    const sleeping = async () => {
      const [rows] = await root.query(`select 1 from information_schema.processlist
        where user = 'worker' and info like '%sleep(50)%'`)
      return rows
    }
    await expect.poll(sleeping).toHaveLength(1)
    controller.abort(new StepError('cancelled', 'The step was cancelled'))
    expect(await thrown).toMatchObject({ kind: 'cancelled' })
    await root.end()
  })

  it('says that the connection was lost when the server ends it', async () => {
    const thrown = thrownBy(run('query', { sql: 'select sleep(40)' }))
    const root = await asRoot()
    const found = async () => {
      const [rows] = await root.query(`select id from information_schema.processlist where info like '%sleep(40)%'
        and user = 'worker'`)
      return z.array(z.object({ id: z.number() })).parse(rows)[0]?.id
    }
    await expect.poll(found).toBeTypeOf('number')
    await root.query(`kill connection ${await found()}`)
    expect(await thrown).toMatchObject({ kind: 'communication' })
    await root.end()
  })

  it('tells each new row once, and knows tables and columns', async () => {
    const options = { auth: auth(), input: { table } }
    const first = await pollTrigger(connector, 'newRow', { ...options, cursor: null })
    expect(first.items.map(({ id }) => id)).toEqual(['1'])
    await run('insertRow', { table, row: { id: '18446744073709551614' } })
    const second = await pollTrigger(connector, 'newRow', { ...options, cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['18446744073709551614'])
    const third = await pollTrigger(connector, 'newRow', { ...options, cursor: second.cursor })
    expect(third).toMatchObject({ items: [], cursor: second.cursor })
    // Took its number before the highest did, and was committed after it.
    await run('insertRow', { table, row: { id: '18446744073709551600' } })
    const late = await pollTrigger(connector, 'newRow', { ...options, cursor: third.cursor })
    expect(late.items.map(({ id }) => id)).toEqual(['18446744073709551600'])
    const tables = await loadOptions(connector, { auth: auth(), of: 'insertRow', field: 'table' })
    expect(tables.options.map(({ value }) => value)).toEqual([table])
    const form = await loadSchema(connector, { auth: auth(), of: 'insertRow', field: 'row', input: { table } })
    expect(form).toMatchObject({ properties: { status: { type: ['string', 'null'] } } })
  })
})
