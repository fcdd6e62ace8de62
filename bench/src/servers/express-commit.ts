/** The latency yardstick: an Express route that commits one row, then calls the stub, then answers. */
import { createServer } from 'node:http'
import express from 'express'
import postgres from 'postgres'
import { Agent, request } from 'undici'
import { announce } from './announce.js'

const sql = postgres(requiredEnv('BENCH_DATABASE_URL'), { max: 10, onnotice: () => {} })
const stubUrl = requiredEnv('BENCH_STUB_URL')
const agent = new Agent({ keepAliveTimeout: 60_000 })
await sql`create table if not exists bench_accepted (id bigint generated always as identity primary key, body json)`

const app = express()
app.use(express.json({ limit: '1mb' }))
app.post('/hook', async (incoming, response) => {
  await sql`insert into bench_accepted (body) values (${sql.json(incoming.body)})`
  const answer = await request(stubUrl, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Order', sentAt: incoming.body.sentAt }),
  })
  await answer.body.dump()
  response.status(202).json({ id: 'accepted' })
})
announce(createServer(app), '127.0.0.1')

function requiredEnv(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} must be set by the benchmark that starts this server.`)
  return value
}
