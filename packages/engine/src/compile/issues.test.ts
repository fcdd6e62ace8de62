import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plainConnector } from '../conformance/plain-connector.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { checkWorkflow, compileWorkflow } from './compile.js'

const definition = (steps: unknown, more: object = {}): unknown => ({
  schema: 'inlay/workflow@1',
  name: 'Test',
  trigger: { type: 'webhook' },
  steps,
  ...more,
})

const set = (id: string, values: object = {}, more: object = {}): object => ({ id, type: 'set', values, ...more })

function messages(document: unknown): string[] {
  const result = compileWorkflow(document)
  return result.ok ? [] : result.issues.map(({ pointer, message }) => `${pointer} ${message}`)
}

const starts = (text: string): unknown => expect.stringContaining(text)

describe('mistakes of shape and of meaning come together', () => {
  it('in the order of the document, missing fields after those that are there', () => {
    const steps = [
      set('a', { x: '{{ 1 + }}' }),
      { id: 'b', type: 'action', action: 'send', input: { text: '{{ steps.d.output }}' }, timeout: 'soon' },
      {
        id: 'p',
        type: 'branch',
        colour: 'red',
        cases: [{ if: 'steps.b.output >', steps: [set('C', { v: '{{ item }}' })] }],
      },
      set('d', { v: '{{ steps.b.output + steps.C.output + steps.p.output }}' }, { onError: 'maybe' }),
      { type: 'set', values: { v: '{{ index }}' } },
    ]
    expect(messages(definition(steps, { trigger: { type: 'schedule', cron: '61 * * * *' }, timeout: 5 }))).toEqual([
      starts('/trigger/cron "61" is no minute'),
      starts('/steps/0/values/x The expression ends too early.'),
      starts('/steps/1/input/text The step "d" cannot have run here'),
      starts('/steps/1/timeout "soon" is not a duration.'),
      starts('/steps/1/connector "connector" is missing.'),
      starts('/steps/2/colour "colour" is not a known field here.'),
      starts('/steps/2/cases/0/if The expression ends too early.'),
      starts('/steps/2/cases/0/steps/0/id An id starts with a small letter'),
      starts('/steps/2/cases/0/steps/0/values/v "item" exists only inside'),
      starts('/steps/3/onError "onError" has a form that is not allowed.'),
      starts('/steps/4/values/v "index" exists only inside'),
      starts('/steps/4/id "id" is missing.'),
      starts('/timeout "timeout" is of the wrong kind.'),
    ])
  })

  it('under names that are wrong themselves, and in fallbacks', () => {
    const fallback = [{ id: 'q', type: 'nope' }, set('r', { v: '{{ x }}' })]
    const branches = { 'Bad/Name': [{ id: 'z' }, set('y', { v: '{{ zz }}' })] }
    const steps = [set('a', {}, { onError: { fallback } }), null, { id: 'p', type: 'parallel', branches }]
    expect(messages(definition(steps))).toEqual([
      starts('/steps/0/onError/fallback/0/type There is no type "nope" here.'),
      starts('/steps/0/onError/fallback/1/values/v "x" is not known here'),
      starts('/steps/1 Item 2 of "steps" is of the wrong kind.'),
      starts('/steps/2/branches/Bad~1Name The name "Bad/Name" does not start'),
      starts('/steps/2/branches/Bad~1Name/0/type "type" is missing.'),
      starts('/steps/2/branches/Bad~1Name/1/values/v "zz" is not known here'),
    ])
  })

  it('in a document that has nearly nothing right', () => {
    expect(messages({ schema: 'x', name: '', steps: [set('a', { x: '{{ y }}' })] })).toEqual([
      starts('/schema "schema" has a value that is not allowed.'),
      starts('/name "name" is empty.'),
      starts('/steps/0/values/x "y" is not known here'),
      starts('/trigger "trigger" is missing.'),
    ])
    expect(messages({ steps: 5, trigger: { type: 'mail', filter: '{{' } })).toHaveLength(4)
  })
})

it('an issue inside a step without an id names no step', () => {
  const branches = { 'Not-Right': [null] }
  const result = compileWorkflow(definition([{ type: 'parallel', id: [], branches }]))
  expect(result.ok ? [] : result.issues.map(({ pointer, stepId }) => [pointer, stepId])).toEqual([
    ['/steps/0/id', undefined],
    ['/steps/0/branches/Not-Right', undefined],
    ['/steps/0/branches/Not-Right/0', undefined],
  ])
})

describe('one mistake is one issue', () => {
  const uses = (source: string): object => set('last', { v: `{{ ${source} }}` })

  it.each<[string, readonly unknown[], string]>([
    ['a step of an unknown type', [{ id: 'x', type: 'foreach' }, uses('steps.x.output')], '/steps/0/type'],
    [
      'a step of an unknown type with steps in it',
      [{ id: 'x', type: 'foreach', steps: [set('inner', { v: '{{ item }}' })] }, uses('steps.inner.output')],
      '/steps/0/type',
    ],
    ['an id with capitals', [set('sendMail'), uses('steps.sendMail.output')], '/steps/0/id'],
    [
      'a loop without items',
      [{ id: 'e', type: 'forEach', steps: [set('i', { v: '{{ item }}' })] }, uses('steps.e.output')],
      '/steps/0/items',
    ],
    [
      'a branch whose condition is a number',
      [{ id: 'b', type: 'branch', cases: [{ if: 5, steps: [set('i')] }] }, uses('steps.i.output')],
      '/steps/0/cases/0/if',
    ],
    [
      'a branch without cases',
      [{ id: 'b', type: 'branch', else: [set('i')] }, uses('steps.i.output')],
      '/steps/0/cases',
    ],
    ['a parallel step without branches', [{ id: 'p', type: 'parallel' }, uses('steps.p.output')], '/steps/0/branches'],
    ['values that are a list', [{ id: 'a', type: 'set', values: [] }, uses('steps.a.output')], '/steps/0/values'],
    ['a retry that is no policy', [{ id: 'a', ...ACTION, retry: 3 }], '/steps/0/retry'],
    [
      'a retry of one and a half attempts',
      [{ ...ACTION, id: 'a', retry: { maxAttempts: 1.5 } }],
      '/steps/0/retry/maxAttempts',
    ],
    ['a name that is too long', [set('a', {}, { name: 'x'.repeat(300) }), uses('steps.a.output')], '/steps/0/name'],
    ['an id that is a number', [{ type: 'set', values: {}, id: 7 }], '/steps/0/id'],
  ])('%s', (_name, steps, pointer) => {
    const result = compileWorkflow(definition(steps))
    expect(result.ok ? [] : result.issues.map((issue) => issue.pointer)).toEqual([pointer])
  })

  it('also where the trigger is wrong', () => {
    expect(messages(definition([], { trigger: { type: 'schedule', cron: 5 } }))).toEqual([
      '/trigger/cron "cron" is of the wrong kind.',
    ])
    expect(messages(definition([{ id: 'r', type: 'respond' }], { trigger: { type: 'mail' } }))).toEqual([
      '/trigger/type There is no type "mail" here.',
    ])
  })
})

describe('what decides when runs start', () => {
  it.each<[string, object, string, string, number | undefined]>([
    [
      'a filter that ends early',
      { trigger: { type: 'event', name: 'e', filter: 'trigger.x >' } },
      '/trigger/filter',
      'too early',
      11,
    ],
    [
      'a filter that looks at steps',
      { trigger: { type: 'event', name: 'e', filter: '{{ 1 + steps.a.output }}' } },
      '/trigger/filter',
      '"steps" does not exist before a run',
      7,
    ],
    [
      'a cron expression',
      { trigger: { type: 'schedule', cron: '0 0 30 2 *' } },
      '/trigger/cron',
      'never comes',
      undefined,
    ],
    ['a key that cannot be read', { concurrency: { limit: 1, key: 'k-{{ }}' } }, '/concurrency/key', 'is empty', 4],
    [
      'a key of a run',
      { throttle: { limit: 1, period: '1m', key: '{{ run.id }}' } },
      '/throttle/key',
      '"run" does not exist before',
      3,
    ],
    ['a period', { debounce: { period: 'soon' } }, '/debounce/period', '"soon" is not a duration', undefined],
    [
      'a time-out',
      { batchEvents: { maxSize: 5, timeout: '' } },
      '/batchEvents/timeout',
      '"" is not a duration',
      undefined,
    ],
  ])('%s is refused at its place', (_name, more, pointer, message, offset) => {
    const result = compileWorkflow(definition([set('a')], more))
    expect(result.ok ? [] : result.issues).toEqual([
      expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
    ])
    if (offset !== undefined) expect(result).toMatchObject({ issues: [{ offset }] })
  })

  it('may look at the trigger, the customer and the tenant', () => {
    const filter = '{{ trigger.name == customer.id && tenant.id != null }}'
    const key = '{{ customer.id }}/{{ trigger.payload?.id }}'
    expect(
      messages(definition([], { trigger: { type: 'event', name: 'e', filter }, concurrency: { limit: 1, key } })),
    ).toEqual([])
  })
})

const ACTION = { type: 'action', connector: 'chat', action: 'send', connection: 'conn_1', input: { text: 'x' } }

const chat = plainConnector({
  id: 'chat',
  version: '1.2.0',
  name: 'Chat',
  actions: {
    send: {
      name: 'Send',
      description: 'Sends a message.',
      input: z.strictObject({ text: z.string(), to: z.string().optional() }),
      output: z.object({ id: z.string() }),
      run: () => Promise.resolve({ id: '1' }),
    },
  },
  connection: 'required',
  triggers: {
    message: {
      kind: 'polling',
      name: 'New message',
      description: 'Somebody wrote in a channel.',
      input: z.strictObject({ channel: z.string(), limit: z.int().max(100).optional() }),
      output: z.object({ text: z.string() }),
      sampleOutput: { text: 'Hello' },
      scopes: [],
      options: {},
      schemas: {},
      poll: async () => ({ items: [], cursor: null }),
    },
  },
})

const registry = {
  list: () => [chat],
  load: (id: string, version?: string) =>
    Promise.resolve(id === 'chat' && (version ?? chat.version) === chat.version ? chat : undefined),
}

describe('what is said of expressions', () => {
  it('is a sentence, or a question when something else was probably meant', () => {
    expect(messages(definition([set('a', { x: '{{ triger.body }}', y: '{{ lowr("A") }}', z: '{{ 1 + }}' })]))).toEqual([
      '/steps/0/values/x "triger" is not known here; did you mean "trigger"?',
      '/steps/0/values/y There is no function "lowr"; did you mean "lower"?',
      '/steps/0/values/z The expression ends too early.',
    ])
  })
})

describe('checkWorkflow', () => {
  it('reports what connectors refuse together with all else', async () => {
    const steps = [
      { id: 'a', ...ACTION, input: { text: 5, to: '{{ steps.b.output }}' } },
      { id: 'b', ...ACTION, connector: 'chats' },
      { id: 'c', ...ACTION, version: '9.0.0' },
      { id: 'd', ...ACTION, action: 'sent', colour: 'red' },
      { id: 'e', type: 'action', action: 'send', input: {} },
      { id: 'f', ...ACTION, input: { text: '{{ steps.a.output.id }}', cc: 'x' } },
    ]
    const result = await checkWorkflow(definition(steps), registry)
    expect(result.ok ? [] : result.issues.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
      '/steps/0/input/text "text" is of the wrong kind.',
      starts('/steps/0/input/to The step "b" cannot have run here'),
      '/steps/1/connector There is no connector "chats"; did you mean "chat"?',
      '/steps/2/version "chat" has no version 9.0.0 here.',
      '/steps/3/action Chat has no action "sent"; did you mean "send"?',
      starts('/steps/3/colour "colour" is not a known field'),
      '/steps/4/connector "connector" is missing.',
      starts('/steps/5/input/cc "cc" is not a known field'),
    ])
  })

  it('reports what a connector refuses of a trigger', async () => {
    const start = { type: 'connector', connector: 'chat', trigger: 'message', connection: 'conn_1', input: {} }
    const check = async (more: object): Promise<string[]> => {
      const trigger = { ...start, ...more }
      const result = await checkWorkflow(definition([{ id: 'a', ...ACTION }], { trigger }), registry)
      return result.ok ? [] : result.issues.map(({ pointer, message }) => `${pointer} ${message}`)
    }
    expect(await check({ input: { channel: 'general', limit: 5 } })).toEqual([])
    expect(await check({ connector: 'chats' })).toEqual([
      '/trigger/connector There is no connector "chats"; did you mean "chat"?',
    ])
    expect(await check({ version: '9.0.0' })).toEqual(['/trigger/version "chat" has no version 9.0.0 here.'])
    expect(await check({ trigger: 'mesage' })).toEqual([
      '/trigger/trigger Chat has no trigger "mesage"; did you mean "message"?',
    ])
    expect(await check({ input: { channel: 5, limit: 200, topic: 'x' } })).toEqual([
      '/trigger/input/channel "channel" is of the wrong kind.',
      '/trigger/input/limit "limit" must be at most 100.',
      starts('/trigger/input/topic "topic" is not a known field'),
    ])
    expect(await check({ input: { channel: '{{ trigger.body.channel }}' } })).toEqual([
      starts('/trigger/input/channel A setting of a trigger cannot hold an expression'),
    ])
    const { connection: _, ...unconnected } = start
    const found = await checkWorkflow(definition([], { trigger: unconnected }), registry)
    expect(found.ok ? [] : found.issues.map(({ pointer }) => pointer)).toEqual([
      '/trigger/input/channel',
      '/trigger/connection',
    ])
  })

  it('reports mistakes in the shape of a connector trigger together with those in its steps', async () => {
    const trigger = { type: 'connector', connector: 'chat', connection: 7, input: { channel: 'a' }, every: '1m' }
    const result = await checkWorkflow(definition([{ id: 'a', ...ACTION, action: 'sent' }], { trigger }), registry)
    expect(result.ok ? [] : result.issues.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
      '/trigger/connection "connection" is of the wrong kind.',
      starts('/trigger/every "every" is not a known field'),
      '/trigger/trigger "trigger" is missing.',
      '/steps/0/action Chat has no action "sent"; did you mean "send"?',
    ])
  })

  it('gives the program of a definition that is right', async () => {
    const result = await checkWorkflow(definition([{ id: 'a', ...ACTION }]), registry)
    expect(result).toMatchObject({ ok: true, program: { responds: false } })
    expect(await checkWorkflow(5, registry)).toMatchObject({ ok: false, issues: [{ pointer: '' }] })
  })

  it('adds what only the host knows, in the order of the document and without what comes from repairs', async () => {
    const heard: boolean[] = []
    const further = async ({ steps }: WorkflowDefinition, isSound: boolean) => {
      heard.push(isSound)
      return steps.map(({ id }, index) => {
        return {
          code: 'file.gone',
          pointer: `/steps/${index}/if`,
          stepId: id,
          message: id,
          details: { name: id },
        } as const
      })
    }
    const check = async (steps: unknown) => {
      const result = await checkWorkflow(definition(steps), registry, { further })
      return result.ok ? [] : result.issues.map(({ pointer, code }) => `${pointer} ${code}`)
    }
    expect(await check([set('a', {}, { if: '{{ true }}' })])).toEqual(['/steps/0/if file.gone'])
    expect(await check([set('a'), set('b', {}, { if: 5 }), { id: 'c', ...ACTION, action: 'sent' }])).toEqual([
      '/steps/0/if file.gone',
      '/steps/1/if field.wrong_type',
      '/steps/2/action connector.unknown_action',
      '/steps/2/if file.gone',
    ])
    expect(await check([])).toEqual([])
    expect(await check(5)).toEqual(['/steps field.wrong_type'])
    expect(heard).toEqual([true, false, true, false])
  })
})
