import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileWorkflow } from '../compile/compile.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { createHarness } from '../testing/harness.js'

const page = readFileSync(new URL('../../../../docs/how-to/control-the-flow.md', import.meta.url), 'utf8')
const definitions = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(
  // Checked by the first test below.
  ([, text]) => JSON.parse(text ?? '') as WorkflowDefinition,
)

const TRIGGER = { accountId: 'a', service: 'db', documentId: 'd', version: 1, title: 'T', user: 'u' }

describe('the definitions of docs/how-to/control-the-flow.md', () => {
  it.each(definitions.map((definition) => [definition.name, definition] as const))(
    '%s: compiles',
    (_name, definition) => {
      expect(compileWorkflow(definition)).toMatchObject({ ok: true })
    },
  )

  const withoutServices = definitions.filter(({ steps }) => steps.every(({ type }) => type !== 'action'))

  it.each(withoutServices.map((definition) => [definition.name, definition] as const))(
    '%s: starts as the page says',
    async (_name, { steps, schema, name, trigger, ...policies }) => {
      expect([schema, name, trigger]).not.toContain(undefined)
      const h = createHarness(steps, { policies })
      const ids = [await h.start(TRIGGER), await h.start(TRIGGER)]
      for (let minute = 0; minute < 6; minute++) {
        await h.clock.advance(60_000)
        await h.engine.flushAdmissions()
      }
      await h.clock.advance(0)
      const ended = await Promise.all(ids.map((id) => h.read(id)))
      const second = 'rateLimit' in policies ? 'cancelled' : 'succeeded'
      expect(ended.map(({ status }) => status)).toEqual(['succeeded', second])
      expect(new Set(ids).size).toBe('debounce' in policies || 'batchEvents' in policies ? 1 : 2)
    },
  )
})
