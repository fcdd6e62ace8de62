import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import { freePort } from '../free-port.js'
import type { Peer, PeerOptions } from './peer.js'

const START_TIMEOUT_MS = 60_000
const HEALTH_PATH = '/health'

/** Starts Node-RED with the line as a flow. It stores nothing: it is there to show what storing costs. */
export async function startNodeRed({ folder, stubUrl }: PeerOptions): Promise<Peer> {
  const userDir = join(folder, 'node-red-data')
  await mkdir(userDir)
  await writeFile(join(userDir, 'flows.json'), JSON.stringify(flows(stubUrl)))
  await writeFile(join(userDir, 'settings.cjs'), SETTINGS)
  const port = await freePort()
  const program = join(folder, 'node_modules/node-red/red.js')
  const args = ['--settings', join(userDir, 'settings.cjs'), '--userDir', userDir, '--port', String(port), 'flows.json']
  const child = spawn(process.execPath, [program, ...args], {
    cwd: userDir,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(`${url}${HEALTH_PATH}`, () => child.exitCode !== null)
  // It knows of no runs: when the stub has seen all calls, nothing is open.
  return { hookUrl: `${url}/hook`, openRuns: async () => 0, stop: () => void child.kill('SIGKILL') }
}

const SETTINGS = `module.exports = {
  uiHost: '127.0.0.1',
  httpAdminRoot: false,
  flowFile: 'flows.json',
  credentialSecret: false,
  telemetry: { enabled: false },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
}
`

/** The caller is answered at once, as by the others; the rest of the flow goes on. */
function flows(stubUrl: string): readonly object[] {
  const node = (id: string, type: string, more: object): object => ({ id, type, z: 'tab', x: 0, y: 0, ...more })
  return [
    { id: 'tab', type: 'tab', label: 'Benchmark' },
    node('in', 'http in', { url: '/hook', method: 'post', wires: [['accept', 'order']] }),
    node('accept', 'function', { func: ANSWER, outputs: 1, wires: [['out']] }),
    node('out', 'http response', { statusCode: '202', wires: [] }),
    node('order', 'function', { func: SET, outputs: 1, wires: [['size']] }),
    node('size', 'switch', { property: 'order.total', rules: [{ t: 'gt', v: '50', vt: 'num' }], wires: [['tell']] }),
    node('tell', 'http request', { method: 'POST', ret: 'txt', url: `${stubUrl}/effect`, persist: true, wires: [[]] }),
    node('health', 'http in', { url: HEALTH_PATH, method: 'get', wires: [['accept']] }),
  ]
}

const ANSWER = `return { req: msg.req, res: msg.res, payload: { id: 'accepted' } }`

const SET = `const { id, total, currency } = msg.payload.order
const body = { text: 'Order ' + id, sentAt: msg.payload.sentAt }
return { order: { id, total, currency }, payload: body, headers: { 'content-type': 'application/json' } }`

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline && !hasEnded()) {
    const status = await request(url).then(
      async (answer) => {
        await answer.body.dump()
        return answer.statusCode
      },
      () => 0,
    )
    if (status === 202) return
    await delay(200)
  }
  throw new Error('Node-RED did not get ready within a minute, or ended.')
}
