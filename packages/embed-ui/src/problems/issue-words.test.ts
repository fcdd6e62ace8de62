import { compileWorkflow, type JsonValue, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { placeIssues } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { formatMessage } from '../messages/format.js'
import { ENGLISH, type MessageKey } from '../messages/messages.js'
import { fieldTitle, issueWords } from './issue-words.js'

const t = (key: MessageKey, values = {}) => formatMessage(ENGLISH[key], values, 'en')

/** What the engine finds, as people read it. */
function wordsOf(steps: JsonValue): string[] {
  const document = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger: { type: 'manual' }, steps }
  const compiled = compileWorkflow(document)
  // Drawn as far as it goes: what is wrong with it is what this is about.
  const definition = document as unknown as WorkflowDefinition
  return placeIssues(definition, compiled.ok ? [] : compiled.issues).map((issue) => {
    const context = { step: findStep(definition, issue.owner)?.step, connectors: [], stepNames: () => 'Later on', t }
    return `${fieldTitle(issue, context) ?? '-'}: ${issueWords(issue, context)}`
  })
}

describe('problems in words', () => {
  it('name fields as the forms do, and say what to do without the engine’s own words', () => {
    const words = wordsOf([
      { id: 'a', type: 'set', values: { sum: '{{ steps.gone.output + steps.z.output }}', index: '{{ item.x }}' } },
      { id: 'b', type: 'branch', cases: [{ if: '', steps: [] }] },
      { id: 'c', type: 'wait', for: 'soon' },
      { id: 'd', type: 'forEach', items: '{{ [] }}', concurrency: 500, steps: [] },
      { id: 'e', type: 'action', connector: 'x', action: 'y', input: 'text' },
      { id: 'f', type: 'publish', event: '' },
      { id: 'z', type: 'set', values: {} },
    ])
    expect(words.length).toBeGreaterThan(6)
    for (const line of words) expect(line).not.toMatch(/"|forEach|definition|of the wrong kind|steps\./)
    expect(words.join('\n')).toContain(t('issue.noStep'))
    expect(words.join('\n')).toContain(t('issue.notYet', { name: 'Later on' }))
    expect(words).toContain(`How long: ${t('issue.duration')}`)
    expect(words).toContain(`Event: ${t('form.fillIn')}`)
  })

  it('keep what the author of a connector says', () => {
    const issue = { owner: 'a', field: '/input/to', message: '"to" is not right: an address has an @.' }
    const context = { step: undefined, connectors: [], stepNames: () => undefined, t }
    expect(issueWords(issue, context)).toBe(t('issue.notRight', { why: 'an address has an @' }))
    expect(issueWords({ ...issue, message: 'Choose a Slack account.' }, context)).toBe('Choose a Slack account.')
  })
})
