/**
 * A process that opens one connection many times at once: `open-many.ts <options as JSON>`. It says `ready`, waits for a
 * line, opens, and says which access tokens it got.
 */
import { createInterface } from 'node:readline/promises'
import type { ConnectionId, TenantScope } from '@inlay/engine'
import { type AccountsOptions, openAccounts } from './accounts.js'

interface OpenManyOptions extends AccountsOptions {
  readonly scope: TenantScope
  readonly connectionId: ConnectionId
  readonly times: number
}

// Whoever starts it writes these options itself.
const options = JSON.parse(process.argv[2] ?? '{}') as OpenManyOptions
const accounts = openAccounts(options)
const open = async (): Promise<string> => {
  const auth = await accounts.connections.credentials.open(options.scope, options.connectionId, 'service')
  return auth.kind === 'oauth2' ? auth.accessToken : ''
}
await accounts.database.ping()
const lines = createInterface({ input: process.stdin })
process.stdout.write('ready\n')
await lines.question('')
const tokens = await Promise.allSettled(Array.from({ length: options.times }, open))
const results = tokens.map((token) => (token.status === 'fulfilled' ? token.value : String(token.reason)))
process.stdout.write(`${JSON.stringify(results)}\n`)
lines.close()
await accounts.close()
