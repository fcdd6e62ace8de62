import { describe, expect, it } from 'vitest'
import type { VersionId } from '../contracts/ids.js'
import { createMemoryDefinitions } from '../memory/index.js'
import { createHarness, SCOPE } from '../testing/harness.js'

const call = (id: string, more: object = {}): object => ({
  id,
  type: 'action',
  connector: 'test',
  action: 'call',
  input: { id },
  ...more,
})

const STEPS = [
  {
    id: 'size',
    type: 'branch',
    cases: [{ if: 'false', steps: [call('other')] }],
    else: [call('a', { compensate: call('undo') })],
  },
  { id: 'each', type: 'forEach', items: [1, 2], steps: [call('b')] },
  call('c'),
  { id: 'out', type: 'set', values: { a: '{{ steps.a?.output }}', each: '{{ steps.each.output }}' } },
  { id: 'end', type: 'stop', outcome: 'failed' },
]

async function run(mode: 'test' | 'live') {
  const document = { schema: 'inlay/workflow@1', name: 'Test', trigger: { type: 'manual' }, steps: STEPS }
  const definitions = createMemoryDefinitions({ ['ver_1' as VersionId]: document }, {}, { other: 0, a: ['A'], b: 'B' })
  const harness = createHarness([], { definitions })
  const { runId } = await harness.engine.start({
    ...SCOPE,
    workflowId: 'wf_1' as never,
    versionId: 'ver_1' as VersionId,
    mode,
    trigger: {},
  })
  await harness.clock.advance(10)
  return { ...harness, record: await harness.read(runId) }
}

describe('pinned data', () => {
  it('stands in for steps of test runs, in branches and loops, and there is nothing to undo of them', async () => {
    const { effects, record } = await run('test')
    expect(effects.map(({ input }) => (input as { id: string }).id)).toEqual(['c'])
    expect(record.steps.find(({ stepPath }) => stepPath === 'out')?.output).toEqual({ a: ['A'], each: ['B', 'B'] })
  })

  it('is never used by live runs', async () => {
    const { effects } = await run('live')
    expect(effects.map(({ input }) => (input as { id: string }).id)).toEqual(['a', 'b', 'b', 'c', 'undo'])
  })
})
