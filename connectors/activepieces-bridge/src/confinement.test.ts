import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connector, JsonValue } from '@inlay/sdk/connector'
import { runAction } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPieceConnector, createPieceHost, type PieceHost } from './index.js'
import { installFixturePiece, TRICKY_PIECE } from './testing/fixture-piece.js'

const { folder, reference } = installFixturePiece(TRICKY_PIECE)
const reached: string[] = []
const local = createServer((request, response) => {
  reached.push(request.url ?? '')
  response.end('reached')
})
let host: PieceHost
let connector: Connector
let port: number

beforeAll(async () => {
  await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo.
  port = (local.address() as AddressInfo).port
  process.env['INLAY_BRIDGE_CANARY'] = 'test-secret'
  host = createPieceHost({ folderOf: () => folder })
  connector = await createPieceConnector({ piece: reference, host })
})
afterAll(async () => {
  delete process.env['INLAY_BRIDGE_CANARY']
  await host.close()
  local.close()
  rmSync(folder, { recursive: true, force: true })
})

const evaluate = (code: string): Promise<JsonValue> => runAction(connector, 'evaluate', { input: { code } })

/** The error's code or message, or that there was none. */
function attempt(code: string): Promise<JsonValue> {
  return evaluate(`try { const value = await (async () => { ${code} })(); return 'succeeded: ' + String(value).slice(0, 80) }
    catch (error) { return error.code ?? error.name }`)
}

/** Waits for a socket of any kind to connect or fail. */
const settled = (socket: string): string =>
  `const socket = ${socket}; await new Promise((resolve, reject) => { socket.once('connect', resolve); socket.once('error', reject) }); return 'connected'`

const DENIED = 'ERR_ACCESS_DENIED'

describe('a piece', () => {
  it('has an empty environment, and an empty folder to be in', async () => {
    expect(await evaluate('return { ...process.env }')).toEqual({})
    expect(await attempt(`return require('node:fs').readdirSync(process.cwd())`)).toBe(DENIED)
  })

  it.each([
    ['reads a file', `return require('fs').readFileSync('/etc/passwd', 'utf8')`],
    ['reads by promise', `return require('node:fs/promises').readFile('/etc/hostname', 'utf8')`],
    [
      'reads the environment of its parent',
      `return require('fs').readFileSync('/proc/' + process.ppid + '/environ', 'utf8')`,
    ],
    ['lists folders', `return require('fs').readdirSync('/')`],
    [
      'writes into its own folder',
      `return require('fs').writeFileSync(__filename_of(), 'x')`.replace(
        '__filename_of()',
        `require.resolve('@fixture/piece-tricky')`,
      ),
    ],
    ['loads modules from elsewhere', `return require('node:module').createRequire('/tmp/x.js')('/etc/passwd')`],
    ['starts a program', `return require('child_process').execFileSync('/bin/sh', ['-c', 'id'])`],
    ['starts a program, imported', `return (await load('node:child_process')).spawnSync('id')`],
    ['forks', `return require('node:cluster').fork()`],
    ['starts a thread', `return new (require('worker_threads').Worker)('1', { eval: true })`],
    ['opens a debugger', `return require('inspector').open(0)`],
    ['attaches a debugger', `return new (require('node:inspector').Session)()`],
    ['sets flags of V8', `return require('v8').setFlagsFromString('--allow-natives-syntax')`],
    ['hooks the loading of modules', `return require('module').register('data:text/javascript,')`],
  ])('never %s', async (_what, code) => {
    expect(await attempt(code)).toBe(DENIED)
  })

  it('does not find the doors of the process itself', async () => {
    const names = [
      'binding',
      '_linkedBinding',
      'dlopen',
      'getBuiltinModule',
      'kill',
      '_kill',
      'report',
      '_debugProcess',
    ]
    const found = await evaluate(`return ${JSON.stringify(names)}.filter((name) => name in process)`)
    expect(found).toEqual([])
    expect(await attempt(`process.dlopen({ exports: {} }, '/tmp/x.node')`)).toBe('TypeError')
    expect(await attempt(`return require('/tmp/x.node')`)).toMatch(
      /ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED|MODULE_NOT_FOUND/,
    )
  })

  it.each([
    ['node:net', settled(`require('node:net').connect(PORT, '127.0.0.1')`)],
    ['a socket of its own', settled(`new (require('net').Socket)().connect(PORT, '127.0.0.1')`)],
    ['an import of node:net', settled(`(await load('node:net')).createConnection(PORT, '127.0.0.1')`)],
    [
      'createRequire',
      settled(`require('module').createRequire(require.resolve('@fixture/piece-tricky'))('net').connect(PORT)`),
    ],
    ['node:tls', settled(`require('tls').connect(PORT, '127.0.0.1')`)],
    ['node:_tls_wrap', settled(`require('node:_tls_wrap').connect(PORT, '127.0.0.1')`)],
    [
      'node:_http_client',
      settled(`new (require('node:_http_client').ClientRequest)('http://127.0.0.1:PORT/raw').end()`),
    ],
    [
      'an agent of node:http',
      settled(`new (require('http').Agent)().createConnection({ port: PORT, host: '127.0.0.1' })`),
    ],
    ['node:http2', settled(`require('node:http2').connect('http://127.0.0.1:PORT')`)],
    ['a handle of node:net', `return require('net')._createServerHandle('127.0.0.1', 0, 4)`],
    [
      'the handle of its standard input',
      `return new (process.stdin._handle.constructor)(0).connect({}, '/var/run/x.sock')`,
    ],
    [
      'the handle of a datagram',
      `const socket = new (require('dgram').Socket)('udp4'); const state = Object.getOwnPropertySymbols(socket).map((name) => socket[name]).find((value) => value?.handle); return state.handle.connect('127.0.0.1', PORT)`,
    ],
    ['the handle of a resolver', `return new (require('dns').Resolver)()._handle.queryA({}, 'localhost')`],
    ['a server', `return require('net').Server.prototype.listen.call(new (require('net').Server)(), 0)`],
    ['a datagram', `return require('dgram').createSocket('udp4')`],
    ['a name look-up', `return require('node:dns').promises.lookup('localhost')`],
    ['a resolver of names', `return new (require('dns').promises.Resolver)().resolve4('localhost')`],
  ])('gets no raw connection by %s', async (_what, code) => {
    expect(await attempt(code.replaceAll('PORT', String(port)))).toBe(DENIED)
    expect(reached).toEqual([])
  })

  it('cannot put back what was taken away', async () => {
    expect(
      await attempt(
        `const net = require('net'); delete net.Socket.prototype.connect; ${settled(`net.connect(${port})`)}`,
      ),
    ).toMatch(/TypeError|ERR_ACCESS_DENIED/)
    expect(await attempt(`'use strict'; require('net').connect = () => 1; return 1`)).toBe('TypeError')
  })

  it('calls by the door of its context, whichever client it uses', async () => {
    const clients = [
      `return (await fetch(url)).text()`,
      `return new Promise((resolve, reject) => require('http').get(url, (r) => r.on('data', (d) => resolve(String(d)))).on('error', reject))`,
      `const { request } = await load('node:https'); return new Promise((resolve, reject) => request({ protocol: 'http:', host: '127.0.0.1', port: ${port}, path: '/3', method: 'POST', auth: 'a:b' }, (r) => r.on('data', (d) => resolve(r.statusCode + String(d)))).on('error', reject).end('x'))`,
    ]
    const answers = await Promise.all(
      clients.map((client, index) => evaluate(`const url = 'http://127.0.0.1:${port}/${index + 1}'; ${client}`)),
    )
    expect(answers).toEqual(['reached', 'reached', '200reached'])
    expect(reached.toSorted()).toEqual(['/1', '/2', '/3'])
  })

  it('is told what the door refuses, and fails as the door does', async () => {
    const http = { request: async () => Promise.reject(new Error('unused')) }
    await expect(
      runAction(connector, 'evaluate', { input: { code: `return fetch('file:///etc/passwd')` }, http }),
    ).rejects.toMatchObject({ kind: 'rejected' })
    const noSockets = `return new Promise((_, reject) => require('http').get({ socketPath: '/var/run/docker.sock' }).on('error', reject))`
    await expect(evaluate(noSockets)).rejects.toThrow(/sockets of this machine/)
  })
})
