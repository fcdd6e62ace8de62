/**
 * The benchmark's work in DBOS Transact, as its documentation would write it: an Express route starts a workflow that sets
 * three fields, branches, and calls the stub in a step. Copied into the folder where DBOS is installed and run there.
 */
import { DBOS } from '@dbos-inc/dbos-sdk'
import express from 'express'
import { Agent, request } from 'undici'

const stubUrl = process.env.BENCH_STUB_URL
const agent = new Agent({ keepAliveTimeout: 60_000 })
let openRuns = 0

async function callStub(id, sentAt) {
  const answer = await request(`${stubUrl}/effect`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: `Order ${id}`, sentAt }),
  })
  return { status: answer.statusCode, body: await answer.body.text() }
}

const line = DBOS.registerWorkflow(
  async (body) => {
    const { id, total, currency } = body.order
    if (total > 50) await DBOS.runStep(() => callStub(id, body.sentAt), { name: 'tell' })
    return { id, total, currency }
  },
  { name: 'line' },
)

const steps = DBOS.registerWorkflow(
  async (input) => {
    for (let n = 0; n < 10; n++) await DBOS.runStep(async () => ({ ok: true, id: input.id, n }), { name: `step${n}` })
  },
  { name: 'steps' },
)

/** Durable steps a second with so many workflows in progress. */
async function measureSteps(lanes, seconds) {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const repeat = async () => {
    while (performance.now() < end) {
      await steps({ id: 'A-1001', total: 99.5, currency: 'EUR' })
      done += 10
    }
  }
  await Promise.all(Array.from({ length: lanes }, repeat))
  return done / ((performance.now() - start) / 1000)
}

DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: process.env.BENCH_DATABASE_URL,
  systemDatabasePoolSize: 20,
  logLevel: 'error',
})
await DBOS.launch()

const app = express()
app.use(express.json({ limit: '1mb' }))
app.post('/hook', async (incoming, response) => {
  openRuns += 1
  const handle = await DBOS.startWorkflow(line)(incoming.body)
  response.status(202).json({ id: handle.workflowID })
  await handle.getResult()
  openRuns -= 1
})
app.get('/open-runs', (_request, response) => response.json({ openRuns }))
app.post('/steps', async (incoming, response) => {
  const { lanes, seconds } = incoming.body
  response.json({ perSecond: await measureSteps(lanes, seconds) })
})
const server = app.listen(0, '127.0.0.1', () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}` })
})
process.on('disconnect', () => process.exit(0))
