import { expect } from 'vitest'
import { recordFigure } from '../harness/figures.js'
import type { Stage, WidgetPage } from './stage.js'

const TIMES = 5

/** From the loader's `mount` to the frame's `ready`, with an empty and with a warm cache of the browser. */
export async function measureFrameReady(stage: Stage): Promise<void> {
  const [cold, warm]: [number[], number[]] = [[], []]
  for (let time = 0; time < TIMES; time++) {
    // A context of its own has a cache of its own.
    const context = await stage.browser.newContext()
    cold.push(await readyMs(await stage.openWidget({ context })))
    await context.close()
  }
  const context = await stage.browser.newContext()
  for (let time = 0; time <= TIMES; time++) warm.push(await readyMs(await stage.openWidget({ context })))
  await context.close()
  expect(cold.every((ms) => ms > 0)).toBe(true)
  // The first of the warm ones has filled the cache.
  recordFigure(8, { coldMs: median(cold), warmMs: median(warm.slice(1)) })
}

async function readyMs({ page, widget }: WidgetPage): Promise<number> {
  const ms = await page.evaluate(() => Reflect.get(window, 'readyMs') as Promise<number>)
  await widget.getByRole('heading', { name: 'Automations', level: 1 }).waitFor()
  await page.close()
  return ms
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
