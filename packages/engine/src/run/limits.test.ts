import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFileBlobStore } from '../blobs/index.js'
import type { JsonValue } from '../contracts/json.js'
import { type ActionBehaviour, call, createHarness } from '../testing/harness.js'

const folder = mkdtempSync(join(tmpdir(), 'inlay-limits-'))
const blobs = createFileBlobStore({ folder })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const big: ActionBehaviour = ({ input }) => {
  const { size } = input as { size?: number }
  return size === undefined ? (input as JsonValue) : { text: 'x'.repeat(size), size }
}

/** Files are written in real time, while virtual time stands still. */
async function run(steps: readonly object[], options: Parameters<typeof createHarness>[1]) {
  const harness = createHarness(steps, { behaviour: big, ...options })
  const runId = await harness.start()
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    await harness.clock.advance(60_000)
    const read = await harness.read(runId)
    if (read.finishedAt !== undefined) return { ...read, harness }
  }
}

const settings = { maxPayloadBytes: 1000, maxBlobBytes: 100_000 }
const pause = { id: 'pause', type: 'wait', for: '1h' }
const after = call('after', { length: '{{ steps.a.output.text.length }}' })

describe('an output that is larger than the journal holds', () => {
  it('goes to the blob store, and later steps see it, also after the run was parked', async () => {
    const { status, output, steps } = await run([call('a', { size: 50_000 }), pause, after], { blobs, settings })
    expect(status).toBe('succeeded')
    expect(output).toEqual({ length: 50_000 })
    expect(steps[0]?.output).toEqual({
      $blob: { key: expect.stringMatching(/^ten_1\/cus_1\/run_/), bytes: 50_024, sha256: expect.any(String) },
    })
  })

  it('ends in a limit when it is too large even so, or where there is no blob store', async () => {
    const tooLarge = await run([call('a', { size: 200_000 })], { blobs, settings })
    expect(tooLarge).toMatchObject({ status: 'failed', error: { kind: 'limit', title: 'The output is too large' } })
    const without = await run([call('a', { size: 50_000 })], { settings })
    expect(without).toMatchObject({ status: 'failed', error: { kind: 'limit', stepPath: 'a' } })
  })

  it('ends the run with a clear limit when the store has lost it', async () => {
    const lossy = { ...blobs, get: async () => undefined }
    expect(await run([call('a', { size: 50_000 }), pause, after], { blobs: lossy, settings })).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', title: 'The output of "a" is no longer kept' },
    })
  })

  it('is not looked for where a service only answers what looks like a reference', async () => {
    const forged = { $blob: { key: 'ten_2/cus_9/secret', bytes: 1, sha256: 'x' } }
    const seen = call('after', { same: '{{ steps.a.output }}' })
    const { status, output } = await run([call('a', forged), pause, seen], { blobs, settings })
    expect({ status, output }).toEqual({ status: 'succeeded', output: { same: forged } })
  })
})

describe('limits', () => {
  it('end a run that records too much, whatever its blocks do about errors', async () => {
    const items = Array.from({ length: 50 }, (_, n) => n)
    const each = { id: 'each', type: 'forEach', items, onItemError: 'skip', steps: [call('a', { size: 500 })] }
    const result = await run([each], { settings: { maxHistoryBytes: 5000 } })
    expect(result).toMatchObject({ status: 'failed', error: { kind: 'limit', title: 'The run records too much' } })
    expect(result.harness.effects.length).toBeLessThan(12)
  })

  it('of a definition are settings of the host', async () => {
    const nested = (depth: number): object =>
      depth === 0
        ? call('leaf')
        : { id: `b${depth}`, type: 'branch', cases: [{ if: 'true', steps: [nested(depth - 1)] }] }
    expect((await run([nested(3)], { settings: { maxNesting: 2 } })).error?.detail).toContain(
      'Blocks may be nested 2 deep',
    )
    expect((await run([nested(3)], { settings: { maxNesting: 3 } })).status).toBe('succeeded')
    expect((await run([call('a'), call('b')], { settings: { maxSteps: 1 } })).error?.detail).toContain(
      'may have 1 steps',
    )
  })
})
