import { fork } from 'node:child_process'
import { join } from 'node:path'
import { request } from 'undici'
import type { Peer, PeerOptions } from './peer.js'

/** DBOS Transact in a process of its own. */
export interface DbosPeer extends Peer {
  /** Steps a second of workflows of 10 steps that do nothing, `lanes` of them in progress. */
  durableSteps(lanes: number, seconds: number): Promise<number>
}

/** Starts the benchmark's DBOS program; its tables go into the given database. */
export function startDbos({ folder, stubUrl }: PeerOptions, databaseUrl: string): Promise<DbosPeer> {
  const child = fork(join(folder, 'dbos-program.mjs'), {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', BENCH_DATABASE_URL: databaseUrl, BENCH_STUB_URL: stubUrl },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      // The program sends nothing else.
      const { url } = message as { url: string }
      resolve({
        hookUrl: `${url}/hook`,
        openRuns: async () => Number((await callJson(`${url}/open-runs`))['openRuns']),
        durableSteps: async (lanes, seconds) =>
          Number((await callJson(`${url}/steps`, { lanes, seconds }))['perSecond']),
        stop: () => void child.kill('SIGKILL'),
      })
    })
    child.once('exit', (code) => reject(new Error(`DBOS ended with code ${code} before it listened.`)))
  })
}

async function callJson(url: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await request(
    url,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  return (await answer.body.json()) as Readonly<Record<string, unknown>>
}
