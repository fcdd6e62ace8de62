import { WORKFLOW_SCHEMA } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { LOGIC_GROUPS, makeStep } from '../document/new-step.js'
import { readDefinition } from '../document/read-definition.js'
import { slotsOf } from '../document/sequences.js'
import { logicKind } from '../document/step-types.js'
import { formatMessage } from '../messages/format.js'
import { ENGLISH } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { frameCaption, laneText } from './slot-texts.js'
import { kindTitle, LOGIC_ICONS, type SummaryWords, stepKindLine, stepSummary } from './step-looks.js'

const t: Texts = (key, values = {}) => formatMessage(ENGLISH[key], values, 'en')
const words: SummaryWords = {
  t,
  connectors: [],
  stepNames: () => undefined,
  rootNames: (root) => root,
  workflowName: () => undefined,
}
const offered = Object.values(LOGIC_GROUPS).flat()

describe('steps that are no actions', () => {
  it('are all offered', () => {
    expect([...offered].toSorted()).toEqual(Object.keys(LOGIC_ICONS).toSorted())
  })

  it.each(offered)('%s is what was chosen, can be drawn, and says what it does', (kind) => {
    const step = makeStep({ type: 'logic', kind }, 'new_step')
    if (step.type === 'action') throw new Error(`${kind} became an action`)
    expect(logicKind(step)).toBe(kind)
    const definition = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger: { type: 'manual' }, steps: [step] }
    expect(readDefinition(definition)).toMatchObject({ isReadable: true })
    const texts = [kindTitle(step, [], t), stepKindLine(step, [], t), stepSummary(step, words)]
    const slots = slotsOf(step).map((slot) => laneText(step, slot, words) || t(frameCaption(step, slot)))
    for (const text of [...texts, ...slots]) expect(text).toMatch(/\S/)
  })
})
