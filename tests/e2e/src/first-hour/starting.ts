/** From nothing to a running product: what has to be typed, given and waited for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { recordFigure, secondsSince } from '../harness/figures.js'
import { commandOf, environmentOf, outsideConnections, processesOf } from '../harness/processes.js'
import { ROOT, RunningProduct } from '../harness/product.js'
import { temporaryFolder } from '../harness/temporary-folder.js'

const SAMPLE_MS = 200
/** What names of variables look like that are accounts, keys or addresses of services. */
const GIVEN = /(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?|_URL)$/
const CONTAINERS = /\b(docker|dockerd|containerd|podman)\b/
/** Variables of this test's own surroundings, which a new user does not have. */
const NOT_GIVEN = Object.keys(process.env).filter((name) => GIVEN.test(name) || name.startsWith('INLAY_'))

/** Starts the product for the first time, stops it, and starts it again. @returns the one that runs */
export async function startTwice(): Promise<RunningProduct> {
  const folder = temporaryFolder()
  const seen = watchStart(folder)
  const first = await timedStart(folder)
  await first.product.interrupt()
  const second = await timedStart(folder)
  const { settings, containers, connections } = await seen.end()
  const commands = [startCommand()]
  expect(await answers(second.product)).toBe(true)
  recordFigure(1, { commands })
  recordFigure(2, { settings, containers, outsideConnections: connections })
  recordFigure(3, { firstSeconds: first.seconds, secondSeconds: second.seconds })
  return second.product
}

async function timedStart(folder: string): Promise<{ product: RunningProduct; seconds: number }> {
  const startMs = performance.now()
  const nothing = Object.fromEntries(NOT_GIVEN.map((name) => [name, undefined]))
  const product = await RunningProduct.start(folder, nothing)
  expect(await answers(product)).toBe(true)
  return { product, seconds: secondsSince(startMs) }
}

async function answers({ demo }: RunningProduct): Promise<boolean> {
  const answer = await fetch(demo.baseUrl)
  return answer.ok && (await answer.text()).includes('<div id="root">')
}

/** The command that the README begins with; it has to run what these tests run. */
function startCommand(): string {
  const [, block = ''] = /```sh\n(.*?)```/s.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? []
  const command = block.split('\n')[0]?.split('#')[0]?.trim() ?? ''
  expect(command).toBe('npx -y pnpm@12 start')
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.start).toBe('tsx scripts/src/start.ts')
  return command
}

interface Seen {
  readonly settings: Set<string>
  readonly containers: Set<string>
  readonly connections: Set<string>
}

/** Looks, again and again, at what the processes of a product were given and whom they talk to. */
function watchStart(folder: string) {
  const seen: Seen = { settings: new Set(), containers: new Set(), connections: new Set() }
  let isOver = false
  const watching = (async () => {
    for (; !isOver; await delay(SAMPLE_MS)) lookAt(processesOf(folder), seen)
  })()
  return {
    end: async () => {
      isOver = true
      await watching
      return {
        settings: [...seen.settings],
        containers: [...seen.containers],
        connections: [...seen.connections],
      }
    },
  }
}

function lookAt(pids: readonly number[], { settings, containers, connections }: Seen): void {
  // The launcher makes keys of its own for what it starts: what counts is what it was given itself.
  const launchers = pids.filter((pid) => commandOf(pid).includes('scripts/src/start.ts'))
  for (const name of launchers.flatMap(environmentOf)) if (GIVEN.test(name)) settings.add(name)
  for (const command of pids.map(commandOf)) if (CONTAINERS.test(command)) containers.add(command)
  for (const address of outsideConnections(pids)) connections.add(address)
}
