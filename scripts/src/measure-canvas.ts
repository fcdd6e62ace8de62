/**
 * `pnpm bench:canvas`: how smoothly a workflow of 300 steps pans and zooms in Chromium, and a step of it moves, by real wheel
 * and mouse events.
 * Times between frames tell what a person sees, on this machine and as busy as it is; the work of the page's own thread per
 * frame tells how much room is left of the 16.7 ms that 60 frames a second leave.
 */
import { createReadStream, existsSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'

const GALLERY = join(ROOT, 'packages/embed-ui/gallery/vite.config.ts')
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const ACT_MS = 3_000
/** Between two events of a wheel or mouse, in milliseconds. */
const EVENT_MS = 8
/** 60 frames a second, and what the clock of a page is inexact by, in milliseconds. */
const ON_TIME_MS = 16.7 + 0.1
/** Longer than this between two frames is a frame that is missing, in milliseconds. */
const DROPPED_MS = 25

interface Smoothness {
  readonly frames: readonly number[]
  /** Work of the page's own thread, in milliseconds per frame. */
  readonly workMs: number
}

runCommand(async () => {
  const folder = temporaryFolder('inlay-canvas-')
  const server = serve(folder)
  const browser = await chromium.launch({
    executablePath: process.env['INLAY_CHROMIUM'] ?? process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  try {
    await step('Building the gallery', () =>
      build({ configFile: GALLERY, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } }),
    )
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    // The address of a server that listens on a port is an object.
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?page=large`)
    await page.locator('[data-gallery-ready]').waitFor({ state: 'attached' })
    console.log(`  ${await page.locator('[data-inlay-part="step-card"]').count()} cards are drawn\n`)
    await measureAll(page)
  } finally {
    await browser.close()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

function serve(folder: string): Server {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const file = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  return server.listen(0, '127.0.0.1')
}

async function measureAll(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const run = async (name: string, act: () => Promise<void>) => print(name, await measure(page, session, act))
  await page.mouse.move(1_000, 400)
  await run('wheel', () => wheel(page, panning))
  await run('mouse', () => drag(page))
  await run('pinch', () => zoom(page, 4))
  await run('moving a step', () => moveStep(page))
  await page.locator('[data-nav]').first().focus()
  await page.keyboard.press('1')
  await page.waitForTimeout(800)
  await page.mouse.move(1_000, 400)
  await run('all: wheel', () => wheel(page, panning))
  await run('all: mouse', () => drag(page))
  await run('all: zoom by wheel', () => zoom(page, 30))
  await run('all: moving a step', () => moveStep(page))
}

/** Two thirds of the way on, one third back. */
function panning(at: number): number {
  return at % 120 < 80 ? 24 : -24
}

/** Wheel with Ctrl, which is also what browsers make of two fingers on a touchpad. @param by pixels of one event */
async function zoom(page: Page, by: number): Promise<void> {
  await page.keyboard.down('Control')
  await wheel(page, (at) => (at % 60 < 30 ? -by : by))
  await page.keyboard.up('Control')
}

/** Takes up the step that is nearest to the middle of the view, carries it around, and lets it go where it was. */
async function moveStep(page: Page): Promise<void> {
  const [x, y] = await page.evaluate<readonly [number, number]>(MIDDLE_CARD)
  await page.mouse.move(x, y)
  await page.mouse.down()
  const end = Date.now() + ACT_MS
  for (let at = 0; Date.now() < end; at++) {
    await page.mouse.move(640 + 320 * Math.sin(at / 40), 400 + 180 * Math.cos(at / 25))
    await page.waitForTimeout(EVENT_MS)
  }
  await page.keyboard.press('Escape')
  await page.mouse.up()
}

async function wheel(page: Page, amount: (at: number) => number): Promise<void> {
  const end = Date.now() + ACT_MS
  for (let at = 0; Date.now() < end; at++) {
    await page.mouse.wheel(0, amount(at))
    await page.waitForTimeout(EVENT_MS)
  }
}

async function drag(page: Page): Promise<void> {
  const end = Date.now() + ACT_MS
  while (Date.now() < end) {
    await page.mouse.move(1_150, 700)
    await page.mouse.down()
    for (let at = 0; at < 50; at++) {
      await page.mouse.move(1_150 - at, 700 - at * 10)
      await page.waitForTimeout(EVENT_MS)
    }
    await page.mouse.up()
  }
}

// Text, not functions: what compiles this file would put its own names into them.
const MIDDLE_CARD = `{
  const middles = [...document.querySelectorAll('[data-inlay-part="step-card"] [data-nav]')].map((card) => {
    const { x, y, width, height } = card.getBoundingClientRect()
    return [x + width / 2, y + height / 2]
  })
  const far = ([x, y]) => Math.hypot(x - 640, y - 400)
  middles.sort((a, b) => far(a) - far(b))[0]
}`
const START_COUNTING = `{
  const times = (window.frameTimes = [])
  const tick = (atMs) => {
    times.push(atMs)
    if (window.frameTimes === times) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}`
const STOP_COUNTING = `{
  const times = window.frameTimes
  delete window.frameTimes
  times
}`

async function measure(page: Page, session: CDPSession, act: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(START_COUNTING)
  const before = await workSeconds(session)
  await act()
  const after = await workSeconds(session)
  const times = await page.evaluate<readonly number[]>(STOP_COUNTING)
  const frames = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs))
  return { frames, workMs: ((after - before) * 1_000) / Math.max(frames.length, 1) }
}

async function workSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

function print(name: string, { frames, workMs }: Smoothness): void {
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  const dropped = frames.filter((each) => each > DROPPED_MS).length
  const onTime = frames.filter((each) => each <= ON_TIME_MS).length / Math.max(frames.length, 1)
  const facts = [
    `${String(frames.length).padStart(4)} frames`,
    `p50 ${at(0.5)} ms`,
    `p95 ${at(0.95)} ms`,
    `${(onTime * 100).toFixed(0).padStart(3)} % in 16.7 ms`,
    `${String(dropped).padStart(3)} dropped`,
    `${workMs.toFixed(1)} ms of work per frame`,
  ]
  console.log(`  ${name.padEnd(20)} ${facts.join('   ')}`)
}
