import {
  type Connector,
  type ConnectorRegistry,
  checkWorkflow,
  type DefinitionIssue,
  type DefinitionLimits,
  fromJsonSchema,
  ISSUE_CODES,
  type IssueCode,
  type JsonObject,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
} from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { placeIssues } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { formatMessage, type MessageValues } from '../messages/format.js'
import { translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey, type Messages } from '../messages/messages.js'
import { fieldTitle, issueWords } from './issue-words.js'

const t = (key: MessageKey, values: MessageValues = {}) => formatMessage(ENGLISH[key], values, 'en')

/** A connector whose action takes fields of every kind, as served or imported connectors have them. */
const input = fromJsonSchema({
  type: 'object',
  properties: {
    mail: { type: 'string', format: 'email' },
    code: { type: 'string', minLength: 3 },
    tags: { type: 'array', minItems: 2, maxItems: 3 },
    share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    dozens: { type: 'number', multipleOf: 12 },
    topic: { type: 'string' },
  },
}).refine((value) => (value as JsonObject)['topic'] !== 'wrong', {
  path: ['topic'],
  message: 'nobody reads this topic',
})
// Only what the check reads.
const chat = {
  id: 'chat',
  version: '1.2.0',
  name: 'Chat',
  connection: 'required',
  actions: { send: { input } },
  triggers: { message: { input } },
} as unknown as Connector

const registry: ConnectorRegistry = {
  list: () => [chat],
  load: async (id, version = chat.version) => (id === 'chat' && version === chat.version ? chat : undefined),
}

interface Mistake {
  readonly steps?: unknown
  readonly trigger?: unknown
  /** Further fields of the definition. */
  readonly more?: object
  readonly limits?: DefinitionLimits
}

const set = (values: object = {}): object => ({ id: 'a', type: 'set', values })
const says = (expression: string): Mistake => ({ steps: [set({ x: expression })] })
const sends = (fields: object): Mistake => ({
  steps: [{ id: 'a', type: 'action', connector: 'chat', action: 'send', connection: 'c', input: fields }],
})
const step = (more: object): Mistake => ({ steps: [{ id: 'a', ...more }] })
const starts = (trigger: object): Mistake => ({ trigger, steps: [set()] })
const whole = (more: object): Mistake => ({ steps: [set()], more })

function nested(depth: number): object {
  return {
    id: `d${depth}`,
    type: 'while',
    condition: '{{ true }}',
    max: 2,
    steps: depth === 0 ? [] : [nested(depth - 1)],
  }
}

function deepList(depth: number): unknown {
  return depth === 0 ? [] : [deepList(depth - 1)]
}

/** A definition that provokes each code. What only a control plane finds is given as it says it. */
const MISTAKES = {
  'document.not_json': whole({ vars: { a: () => 1 } }),
  'document.too_deep': whole({ vars: { a: deepList(600) } }),
  'document.too_large': whole({ vars: { a: 'x'.repeat(5_000_000) } }),
  'document.more_issues': whole(Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`field${index}`, 1]))),
  'field.missing': step({ type: 'set' }),
  'field.empty': step({ type: 'publish', event: '' }),
  'field.unknown': step({ type: 'set', values: {}, colour: 'red' }),
  'field.wrong_type': step({ type: 'set', values: 'text' }),
  'field.wrong_form': step({ type: 'set', values: {}, onError: 'maybe' }),
  'field.wrong_format': sends({ mail: 'me' }),
  'field.not_allowed': step({ type: 'forEach', items: '{{ [] }}', steps: [], onItemError: 'x' }),
  'field.too_long': whole({ name: 'x'.repeat(201) }),
  'field.too_short': sends({ code: 'ab' }),
  'field.too_many': sends({ tags: [1, 2, 3, 4] }),
  'field.too_few': sends({ tags: [] }),
  'field.above_maximum': step({ type: 'forEach', items: '{{ [] }}', steps: [], concurrency: 500 }),
  'field.below_minimum': step({ type: 'forEach', items: '{{ [] }}', steps: [], concurrency: 0 }),
  'field.not_below': sends({ share: 1 }),
  'field.not_above': sends({ share: 0 }),
  'field.not_multiple': sends({ dozens: 13 }),
  'field.refused': sends({ topic: 'wrong' }),
  'name.malformed': step({ type: 'parallel', branches: { 'A b': [] } }),
  'name.forbidden': says('{{ trigger.constructor }}'),
  'id.malformed': { steps: [{ id: 'A b', type: 'set', values: {} }] },
  'id.taken': { steps: [set(), set()] },
  'duration.invalid': step({ type: 'wait', for: 'soon' }),
  'duration.zero': whole({ throttle: { limit: 1, period: '0s' } }),
  'step.unknown_type': step({ type: 'nothing' }),
  'step.not_offered': { type: 'code' },
  'step.nested_too_deep': { steps: [nested(25)] },
  'step.too_many': { steps: [set(), { ...set(), id: 'b' }], limits: { maxSteps: 1 } },
  'step.no_retry': step({ type: 'set', values: {}, retry: { maxAttempts: 2 } }),
  'step.no_timeout': step({ type: 'set', values: {}, timeout: '1s' }),
  'step.nested_compensation': step({
    type: 'set',
    values: {},
    compensate: { id: 'b', type: 'set', values: {}, compensate: { id: 'c', type: 'set', values: {} } },
  }),
  'parallel.no_branch': step({ type: 'parallel', branches: {} }),
  'split.no_weight': step({ type: 'split', variants: ['a', 'b'].map((name) => ({ name, weight: 0, steps: [] })) }),
  'try.no_handler': step({ type: 'try', steps: [] }),
  'wait.not_one_kind': step({ type: 'wait', for: '1s', until: '2026-01-01T00:00:00Z' }),
  'wait.no_steps': step({ type: 'wait', for: '1s', steps: [] }),
  'expression.empty': says('{{ }}'),
  'expression.not_closed': says('{{ 1'),
  'expression.ends_early': says('{{ 1 + }}'),
  'expression.unexpected': says('{{ 1 2 }}'),
  'expression.syntax': says('{{ # }}'),
  'expression.several': step({ type: 'set', values: {}, if: '{{ 1 }} and {{ 2 }}' }),
  'expression.too_long': says(`{{ "${'x'.repeat(20_000)}" }}`),
  'expression.too_deep': says(`{{ ${'!'.repeat(300)}1 }}`),
  'expression.unknown_name': says('{{ triger.body }}'),
  'expression.unknown_function': says('{{ "a".shout() }}'),
  'expression.wrong_arguments': says('{{ sum() }}'),
  'expression.not_callable': says('{{ trigger["a"]() }}'),
  'expression.misplaced_function': says('{{ x => x }}'),
  'expression.assignment': says('{{ trigger.a = 1 }}'),
  'expression.pattern_literal': says('{{ /a/ }}'),
  'expression.number_too_large': says('{{ 1e999 }}'),
  'expression.unsupported': says('{{ new Date() }}'),
  'reference.unknown_step': says('{{ steps.gone.output }}'),
  'reference.not_yet': { steps: [set({ x: '{{ steps.later.output }}' }), { ...set(), id: 'later' }] },
  'reference.no_item': says('{{ item }}'),
  'reference.no_index': says('{{ index }}'),
  'reference.before_run': starts({ type: 'event', name: 'paid', filter: '{{ steps.a.output }}' }),
  'trigger.expression': starts({
    type: 'connector',
    connector: 'chat',
    trigger: 'message',
    input: { topic: '{{ 1 }}' },
  }),
  'schedule.not_one_kind': starts({ type: 'schedule' }),
  'schedule.cron_parts': starts({ type: 'schedule', cron: '0 9 * *' }),
  'schedule.cron_part': starts({ type: 'schedule', cron: '0 99 * * *' }),
  'schedule.cron_unreadable': { reason: 'a reason' },
  'schedule.never': starts({ type: 'schedule', cron: '0 9 31 2 *' }),
  'schedule.too_short': starts({ type: 'schedule', every: '1s' }),
  'schedule.too_often': { minutes: 15 },
  'schedule.unknown_time_zone': starts({ type: 'schedule', every: '1h', timeZone: 'Mars/Base' }),
  'policy.debounce_timeout': whole({ debounce: { period: '1m', timeout: '10s' } }),
  'policy.debounce_and_batch': whole({ debounce: { period: '1m' }, batchEvents: { maxSize: 2, timeout: '1m' } }),
  'policy.no_caller': { steps: [{ id: 'a', type: 'respond' }], more: { debounce: { period: '1m' } } },
  'connector.unknown': step({ type: 'action', connector: 'chats', action: 'send', input: {} }),
  'connector.unknown_version': step({ type: 'action', connector: 'chat', version: '9.0.0', action: 'send', input: {} }),
  'connector.unknown_action': step({ type: 'action', connector: 'chat', action: 'sent', input: {} }),
  'connector.unknown_trigger': starts({ type: 'connector', connector: 'chat', trigger: 'sent', input: {} }),
  'connector.not_loaded': { reason: 'The connector chat 1.2.0 cannot be loaded' },
  'connector.switched_off': { connector: 'chat' },
  'connector.not_offered': { connector: 'chat' },
  'connection.missing': step({ type: 'action', connector: 'chat', action: 'send', input: {} }),
  'connection.lacks_permissions': { connection: 'Main', connector: 'Chat', permissions: 'Write ("write")' },
  'file.gone': { name: 'terms.pdf' },
} as const satisfies Record<IssueCode, Mistake | Readonly<Record<string, string | number>>>

const CODES = Object.keys(MISTAKES) as IssueCode[]

/** What the engine finds, or what a control plane would have found. */
async function provoke(code: IssueCode): Promise<readonly [DefinitionIssue, WorkflowDefinition]> {
  const mistake: Mistake | DefinitionIssue['details'] = MISTAKES[code]
  const isMistake = ['steps', 'trigger', 'more', 'limits'].some((name) => name in mistake)
  const { steps = [set()], trigger = { type: 'manual' }, more, limits } = (isMistake ? mistake : {}) as Mistake
  // Drawn as far as it goes: what is wrong with it is what this is about.
  const definition = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger, steps, ...more } as unknown as WorkflowDefinition
  if (!isMistake)
    return [{ code, pointer: '/steps/0', message: 'Said in English.', details: mistake as never }, definition]
  const checked = await checkWorkflow(definition, registry, limits)
  const issues = checked.ok ? [] : checked.issues
  const found = issues.find((issue) => issue.code === code)
  if (found === undefined)
    throw new Error(`${code} was not found, but ${issues.map((issue) => issue.code).join(', ')}.`)
  return [found, definition]
}

/** Codes of which something is shown that others have written: authors of connectors, or the list of functions. */
const OF_OTHERS: readonly IssueCode[] = ['field.refused', 'expression.wrong_arguments', 'connection.lacks_permissions']

/** What a text can be once it is filled, for finding out whether a sentence is one of it. */
function patternsOf(messages: Messages): readonly RegExp[] {
  const texts = Object.entries(messages).flatMap(([key, text]) =>
    key.startsWith('issue.') && !['issue.of', 'issue.fillIn'].includes(key) ? [text] : [],
  )
  const forms = [...texts, messages['form.fillIn']].flatMap((text) =>
    typeof text === 'string' ? [text] : Object.values(text),
  )
  const sentences = forms.map((form) =>
    form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{(\w+)\\\}/g, '(?<$1>.*?)'),
  )
  const didYouMean = sentences.find((text) => text.includes('Meinten')) ?? ''
  return sentences.map((text) => new RegExp(`^${text}(?: ${didYouMean.replaceAll('(?<name>', '(?<meant>')})?$`, 's'))
}

describe('problems in words', () => {
  it.each(CODES)('say %s in German without words of the engine', async (code) => {
    const [issue, definition] = await provoke(code)
    const german = { ...ENGLISH, ...(await translationOf('de')) }
    const [placed] = placeIssues(definition, [issue])
    if (placed === undefined) expect.unreachable()
    const texts = (key: MessageKey, values: MessageValues = {}) => formatMessage(german[key], values, 'de')
    const context = { step: undefined, connectors: [], stepNames: () => undefined, t: texts }
    const words = issueWords(placed, context)
    const match = patternsOf(german)
      .map((pattern) => pattern.exec(words))
      .find((found) => found !== null)
    expect(match, words).toBeDefined()
    // What fills a text is a name, a number or a sign, and never a sentence.
    if (!OF_OTHERS.includes(code)) expect(Object.values(match?.groups ?? {}).join('')).not.toMatch(/\s/)
  })

  it.each(CODES)('have the facts of %s that are listed', async (code) => {
    const [{ details = {} }] = await provoke(code)
    const listed: readonly string[] = ISSUE_CODES[code]
    expect(listed.filter((name) => !name.endsWith('?') && !(name in details))).toEqual([])
    const names = listed.map((name) => name.replace('?', ''))
    expect(Object.keys(details).filter((name) => !names.includes(name))).toEqual([])
  })

  it('name fields as the forms do', async () => {
    const line = async (code: IssueCode) => {
      const [issue, definition] = await provoke(code)
      const [placed] = placeIssues(definition, [issue])
      if (placed === undefined) expect.unreachable()
      const found = findStep(definition, placed.owner)?.step
      const context = { step: found, connectors: [], stepNames: () => 'Later on', t }
      return `${fieldTitle(placed, context)}: ${issueWords(placed, context)}`
    }
    expect(await line('duration.invalid')).toBe(`How long: ${t('issue.duration')}`)
    expect(await line('field.empty')).toBe(`Event: ${t('form.fillIn')}`)
    expect(await line('reference.not_yet')).toBe(`x: ${t('issue.notYet', { name: 'Later on' })}`)
    expect(await line('field.wrong_format')).toBe(`Mail: ${t('issue.format.email')}`)
    expect(await line('expression.unknown_name')).toBe(
      `x: ${t('issue.unknownName', { name: 'triger' })} ${t('issue.didYouMean', { name: 'trigger' })}`,
    )
  })

  it('keep what the author of a connector says, and what a newer or older server says', () => {
    const context = { step: undefined, connectors: [], stepNames: () => undefined, t }
    const placed = { owner: 'a', field: '/input/to', message: 'Choose a Slack account.', details: {} }
    const details = { reason: 'an address has an @' }
    expect(issueWords({ ...placed, code: 'field.refused', details }, context)).toBe(
      t('issue.notRight', { why: 'an address has an @' }),
    )
    // A code of tomorrow, which the type of today does not have.
    expect(issueWords({ ...placed, code: 'field.tomorrow' as IssueCode }, context)).toBe(
      t('issue.notRight', { why: 'Choose a Slack account' }),
    )
  })
})
