/**
 * The third-party service of the benchmark: answers at once and keeps, per call, the time from trigger to here.
 * Callers put `process.hrtime.bigint()` of the trigger into `sentAt`; that clock is shared by all processes of a machine.
 */
import { createServer } from 'node:http'
import { announce } from './announce.js'

let latenciesMs: number[] = []
let calls = 0

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ calls, latenciesMs }))
    return
  }
  if (request.url === '/reset') {
    calls = 0
    latenciesMs = []
    response.end('{}')
    return
  }
  const arrivedAt = process.hrtime.bigint()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    calls += 1
    const sentAt = /"sentAt":"(\d+)"/.exec(Buffer.concat(chunks).toString())?.[1]
    if (sentAt !== undefined) latenciesMs.push(Number(arrivedAt - BigInt(sentAt)) / 1e6)
    response.setHeader('content-type', 'application/json')
    response.end('{"ok":true}')
  })
})
server.keepAliveTimeout = 60_000
announce(server, process.env['BENCH_HOST'] ?? '127.0.0.1')
