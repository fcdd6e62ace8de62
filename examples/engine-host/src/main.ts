/** Runs the example: `DATABASE_URL` names a PostgreSQL, `PORT` the port (4600). */
import { randomUUID } from 'node:crypto'
import { ARRAY_TYPES } from '@inlay/engine/postgres'
import postgres from 'postgres'
import { startAutomations } from './automations.js'
import { createServer } from './server.js'
import { createWarehouseConnector } from './warehouse-connector.js'

const databaseUrl = process.env['DATABASE_URL']
if (databaseUrl === undefined) {
  process.stderr.write('Set DATABASE_URL to a PostgreSQL, for example postgres://localhost/shop\n')
  process.exit(1)
}
const port = Number(process.env['PORT'] ?? 4600)
const baseUrl = `http://127.0.0.1:${port}`
const say = (text: string): boolean => process.stdout.write(`${text}\n`)

const warehouse = createWarehouseConnector({
  reserve: (key, { sku, quantity }) => {
    say(`reserve ${quantity} × ${sku} (${key})`)
    return `res_${key}`
  },
  release: (reservation) => say(`release ${reservation}`),
  ship: (reservation) => say(`ship ${reservation}`),
})
// Asked for on each new connection, the array types would end the process when that connection is cut.
const sql = postgres(databaseUrl, { max: 10, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })
const automations = await startAutomations({
  sql,
  baseUrl,
  connectors: [warehouse],
  // A real host keeps one secret, so that links live as long as the runs that wait.
  secret: process.env['APPROVAL_SECRET'] ?? randomUUID(),
  onError: (error) => process.stderr.write(`${String(error)}\n`),
})
const server = createServer(automations.engine).listen(port, '127.0.0.1', () => say(`Orders: ${baseUrl}/orders`))

process.once('SIGINT', async () => {
  server.close()
  await automations.stop()
  await sql.end()
})
