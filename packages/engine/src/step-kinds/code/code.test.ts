import { afterAll, describe, expect, it } from 'vitest'
import { createCodeRunner } from '../../code/index.js'
import { call, createHarness } from '../../testing/harness.js'

const code = createCodeRunner()
afterAll(() => code.close())

const step = (source: string, more: object = {}): object => ({ id: 'c', type: 'code', source, ...more })

/** Code runs in a process of its own, in real time: virtual time stands still meanwhile. */
async function run(steps: readonly object[], trigger: object = {}) {
  const harness = createHarness(steps, { code })
  const runId = await harness.start({ ...trigger })
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    await harness.clock.advance(1)
    const run = await harness.read(runId)
    if (run.finishedAt !== undefined) return { run, harness }
  }
}

describe('code', () => {
  it('sees its input and gives what it returns', async () => {
    const input = { list: '{{ trigger.list }}' }
    const { run: result } = await run(
      [
        step('return { sum: input.list.reduce((a, b) => a + b, 0) }', { input }),
        call('after', { sum: '{{ steps.c.output.sum }}' }),
      ],
      { list: [1, 2, 3] },
    )
    expect(result).toMatchObject({ status: 'succeeded', output: { sum: 6 } })
    expect(result.steps[0]).toMatchObject({ type: 'code', input: { list: [1, 2, 3] } })
  })

  it('fails with what the code throws, which the workflow can deal with', async () => {
    const { run: result } = await run([
      step('throw new Error("no stock")', { onError: 'continue' }),
      call('after', { why: '{{ steps.c.output.error.detail }}{{ steps.c.output.error.title }}' }),
    ])
    expect(result.status).toBe('succeeded')
    expect(JSON.stringify(result.output)).toContain('no stock')
  })

  it('ends in a limit when it runs for ever, while other runs go on', async () => {
    const [endless, quick] = await Promise.all([
      run([step('for (;;) {}', { timeout: '300ms' })]),
      run([step('return 1')]),
    ])
    expect(endless.run).toMatchObject({ status: 'failed', error: { kind: 'limit', stepPath: 'c' } })
    expect(quick.run).toMatchObject({ status: 'succeeded', output: 1 })
  })

  it('is refused where the host has no sandbox', async () => {
    expect(await createHarness([step('return 1')]).run()).toMatchObject({
      status: 'failed',
      error: { title: 'Code steps are not available here' },
    })
  })
})
