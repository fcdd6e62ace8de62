import { compileWorkflow, type JsonValue, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { placeIssues } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { formatMessage } from '../messages/format.js'
import { ENGLISH, type MessageKey } from '../messages/messages.js'
import { fieldTitle, issueWords } from './issue-words.js'

const t = (key: MessageKey, values = {}) => formatMessage(ENGLISH[key], values, 'en')

function triggerWords(trigger: JsonValue): string[] {
  return wordsOf([{ id: 'a', type: 'set', values: {} }], trigger)
}

/** What the engine finds, as people read it. */
function wordsOf(steps: JsonValue, trigger: JsonValue = { type: 'manual' }): string[] {
  const document = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger, steps }
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

  it('leave no words of the engine for whatever can be wrong', () => {
    const action = { type: 'action', connector: 'x', action: 'y', input: {} }
    const deep = (depth: number): JsonValue => [
      { id: `d${depth}`, type: 'while', condition: '{{ true }}', max: 2, steps: depth === 0 ? [] : deep(depth - 1) },
    ]
    const words = [
      ...wordsOf([
        { id: 'A b', type: 'set', values: {} },
        { id: 'twice', type: 'set', values: { a: '{{ }}', b: '{{ 1 + }}', c: '{{ 1', d: '{{ foo(1) }}' } },
        { id: 'twice', type: 'set', values: { e: '{{ nobody }}', f: '{{ "a".shout() }}', g: '{{ 1 2 }}' } },
        { id: 'ex', type: 'set', values: { a: '{{ new Date() }}', b: '{{ /a/ }}' } },
      ]),
      ...wordsOf([
        { id: 'a', type: 'parallel', branches: {} },
        { id: 'b', type: 'try', steps: [] },
        { id: 'c', type: 'wait' },
        { id: 'd', type: 'wait', for: '1s', until: '2026-01-01', steps: [] },
        { ...action, id: 'e', compensate: { ...action, id: 'f', compensate: { ...action, id: 'g' } } },
        { id: 'h', type: 'set', values: {}, retry: { maxAttempts: 2 }, timeout: '1s' },
        { id: 'i', type: 'split', variants: ['a', 'b'].map((name) => ({ name, weight: 0, steps: [] })) },
        { id: 'j', type: 'nothing' },
        { id: 'k', type: 'set', values: {}, onError: 'maybe' },
      ]),
      ...wordsOf(deep(60)),
      ...triggerWords({ type: 'schedule', cron: '0 9 * *' }),
      ...triggerWords({ type: 'schedule', cron: '0 99 * * *' }),
      ...triggerWords({ type: 'schedule', cron: '0 9 31 2 *' }),
      ...triggerWords({ type: 'schedule', every: '1s', timeZone: 'Mars/Base' }),
      ...triggerWords({ type: 'schedule' }),
      ...triggerWords({ type: 'event', name: 'paid', filter: '{{ steps.a.output }}' }),
      ...triggerWords({ type: 'connector', connector: 'x', trigger: 'y', input: { a: '{{ 1 }}' } }),
    ].map((line) => line.slice(line.indexOf(': ') + 2))
    expect(words.length).toBeGreaterThan(25)
    const known = new Set(
      Object.entries(ENGLISH).flatMap(([key, text]) => (key.startsWith('issue.') && key !== 'issue.of' ? [text] : [])),
    )
    const patterns = [...known, ENGLISH['form.fillIn']].flatMap((text) => {
      const forms = typeof text === 'string' ? [text] : Object.values(text)
      return forms.map(
        (form) => new RegExp(`^${form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\w+\\\}/g, '.*')}$`, 's'),
      )
    })
    expect(words.filter((line) => !patterns.some((pattern) => pattern.test(line)))).toEqual([])
  })

  it('keep what the author of a connector says', () => {
    const issue = { owner: 'a', field: '/input/to', message: '"to" is not right: an address has an @.' }
    const context = { step: undefined, connectors: [], stepNames: () => undefined, t }
    expect(issueWords(issue, context)).toBe(t('issue.notRight', { why: 'an address has an @' }))
    expect(issueWords({ ...issue, message: 'Choose a Slack account.' }, context)).toBe('Choose a Slack account.')
  })
})
