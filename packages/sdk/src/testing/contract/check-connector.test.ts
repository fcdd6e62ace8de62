import {
  action,
  type ConnectorDefinition,
  defineConnector,
  isHmacValid,
  pollingTrigger,
  StepError,
  service,
  type TriggerItem,
  type WebhookDelivery,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { checkConnector, describeConnectorContract } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'

const acme = service({ name: 'Acme' })
const order = z.object({ id: z.string().meta({ title: 'Id' }) })
const input = z.object({ id: z.string().meta({ title: 'Id', examples: ['A-1'] }) })

const about = { name: 'Find an order', description: 'Finds an order.', input, output: order }
const samples = { sampleInput: { id: 'A-1' }, sampleOutput: { id: 'A-1' } }
const findOrder = action({
  ...about,
  ...samples,
  options: { id: async (context) => acme.call(context, { url: '/ids', answer: z.array(z.never()) }) },
  run: (context) => acme.call(context, { url: `/orders/${context.input.id}`, answer: order }),
})

const orderMade = webhookTrigger({
  name: 'Order made',
  description: 'Starts on an order.',
  input,
  output: order,
  sampleOutput: { id: 'A-1' },
  register: (context) => acme.call(context, { method: 'POST', url: '/hooks', answer: z.object({ hook: z.string() }) }),
  unregister: async (context) => void (await acme.call(context, { method: 'DELETE', url: '/hooks/1' })),
  verify: ({ request, secret }) =>
    isHmacValid({ secret, content: request.rawBody, signature: request.headers['x-acme-signature'] }),
  parse: ({ request }) => {
    const told = order.safeParse(request.body)
    return told.success ? [{ id: told.data.id, data: told.data }] : []
  },
})

const ordersFound = pollingTrigger({
  name: 'Orders found',
  description: 'Starts on an order.',
  input,
  output: order,
  sampleOutput: { id: 'A-1' },
  poll: async (context) => {
    const orders = await acme.call(context, { url: '/orders', answer: z.array(order) })
    return { items: orders.map((each) => ({ id: each.id, data: each })), cursor: null }
  },
})

const good = {
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  description: 'Orders.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16"/></svg>',
  categories: ['commerce'],
  docs: 'Paste the key of your account.',
  auth: { kind: 'bearer' },
  api: { baseUrl: 'https://api.acme.test' },
  actions: { findOrder },
  triggers: { orderMade, ordersFound },
} satisfies ConnectorDefinition

describeConnectorContract(defineConnector(good), { describe, it, expect })

/** Takes for granted what a stranger sent. */
const breaking = (body: unknown): TriggerItem[] => (body as { lines: TriggerItem[] }).lines.map((line) => line)

const check = async (change: Partial<ConnectorDefinition>, options = {}) => {
  const { problems } = await checkConnector(defineConnector({ ...good, triggers: {}, ...change }), options)
  return problems.map(({ check: name, of, problem }) => `${name} ${of}: ${problem}`)
}
const running = (run: Parameters<typeof action<typeof input, typeof order>>[0]['run'], more: object = {}) => ({
  actions: { findOrder: action({ ...about, ...samples, ...more, run }) },
})

describe('checkConnector', () => {
  it('counts what it tried', async () => {
    const report = await checkConnector(defineConnector(good))
    expect(report).toMatchObject({ connector: 'acme', isKept: true, exceptions: [] })
    // Four that call: an action, its choices, a poll and a registration; each meets every failure, and is told to stop.
    expect(report.callsTried).toBe(4 * 15)
  })

  it.each<[string, Partial<ConnectorDefinition>]>([
    ['display : it has no docs', { docs: ' ' }],
    ['display : it has no category', { categories: [] }],
    ['display : the icon holds a script', { icon: `${good.icon.slice(0, -6)}<script>1</script></svg>` }],
    ['display : the icon holds an event handler', { icon: good.icon.replace('<path', '<path onload="x()"') }],
    [
      'display : the icon holds a reference',
      { icon: good.icon.replace('<path', '<use href="https://e.test/x.svg#a"/><path') },
    ],
    ['display : the icon has no viewBox', { icon: good.icon.replace(/viewBox="[^"]*"/, '') }],
    ['definition : it has neither actions nor triggers', { actions: {} }],
    [
      'schemas findOrder: the field "a" of its input',
      { actions: { findOrder: { ...findOrder, options: {}, input: z.object({ a: z.string() }) } } },
    ],
    [
      'samples findOrder: it has no sampleInput',
      { actions: { findOrder: action({ ...about, run: async () => ({ id: '' }) }) } },
    ],
    [
      'samples findOrder: its sampleOutput does not fit: id',
      { actions: { findOrder: { ...findOrder, sampleOutput: { id: 7 } } } },
    ],
    [
      'secrets auth custom: the field "apiKey" is shown',
      {
        auth: {
          kind: 'custom',
          fields: z.object({ apiKey: z.string().meta({ title: 'Key' }) }),
          secretFields: ['apiKey'],
          sign: (request) => request,
        },
      },
    ],
    [
      'secrets auth bearer: the field "clientSecret" is stored in clear text',
      { auth: { kind: 'bearer', fields: z.object({ clientSecret: z.string().meta({ format: 'password' }) }) } },
    ],
    [
      'secrets findOrder: the field "password" is shown',
      {
        actions: {
          findOrder: { ...findOrder, options: {}, input: z.object({ password: z.string().meta({ title: 'P' }) }) },
        },
      },
    ],
    ['deliveries orderMade: verify takes', { triggers: { orderMade: { ...orderMade, verify: () => true } } }],
    [
      'deliveries orderMade: parse breaks',
      { triggers: { orderMade: { ...orderMade, parse: ({ request }: WebhookDelivery) => breaking(request.body) } } },
    ],
  ])('finds that %s', async (problem, change) => {
    expect(await check(change)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]))
  })

  it.each<[string, Partial<ConnectorDefinition>]>([
    [
      'on "down" it gave a result as if nothing had happened',
      running(async ({ http }) => {
        await http.request({ url: '/x' })
        return { id: 'x' }
      }),
    ],
    [
      'on "unauthorized" it failed as communication, which should be authentication',
      running(async ({ http }) => {
        const { status } = await http.request({ url: '/x' })
        throw new StepError('communication', `Status ${status}`)
      }),
    ],
    [
      'on "busy" it did not pass on how long',
      running(async ({ http }) => {
        const { status } = await http.request({ url: '/x' })
        throw new StepError(status === 429 ? 'rate_limited' : 'communication', 'Failed')
      }),
    ],
    [
      'on "nothing" it threw TypeError',
      running(async ({ http }) => {
        const answer = (await http.request({ url: '/x' })).json() as { order: { id: string } }
        return { id: answer.order.id }
      }),
    ],
    [
      'on "html" it threw a string',
      running(async ({ http }) => {
        await http.request({ url: '/x' })
        throw 'oops'
      }),
    ],
    [
      'it gave a result that does not fit',
      running(async (context) => (await acme.call(context, { url: '/x' })) as { id: string }),
    ],
    [
      'it goes on though it was told to stop',
      running(async ({ http }) => (await http.request({ url: '/x' })).json() as { id: string }),
    ],
    ['it failed before it called the service', running(async () => Promise.reject(new StepError('rejected', 'No')))],
  ])('finds that, with a service that fails, %s', async (problem, change) => {
    expect(await check(change)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]))
  })

  it('finds credentials in errors, in logs, and on their way to others', async () => {
    const leaking = running(async ({ auth, http, log }) => {
      const token = auth.kind === 'bearer' ? auth.token : ''
      log.info('calling', { token })
      await http.request({ url: 'https://elsewhere.test/x', headers: { authorization: token } })
      throw new StepError('rejected', 'No', { detail: `The token was ${token}` })
    })
    const found = (await check(leaking)).filter((problem) => problem.startsWith('credentials'))
    expect([...new Set(found)].toSorted()).toEqual([
      'credentials findOrder: credentials are in the text of its errors',
      'credentials findOrder: credentials are in what it logs',
      'credentials findOrder: it calls https://elsewhere.test, which is not its service',
      'credentials findOrder: it shows credentials to others than its service',
    ])
  })

  it('uses the way to connect that an action is for', async () => {
    const viaKey = running((context) => {
      if (context.auth.kind !== 'apiKey') throw new StepError('authentication', 'This needs the key')
      return acme.call(context, { url: '/x', answer: order })
    })
    expect(await check({ ...viaKey, auth: [{ kind: 'bearer' }, { kind: 'apiKey' }] })).toEqual([])
  })

  it('lets people choose addresses, and nobody else', async () => {
    const address = z.url().meta({ title: 'Address', examples: ['https://blog.example.com/feed'] })
    const feed = (elsewhere: string) =>
      pollingTrigger({
        ...about,
        input: z.object({ address }),
        sampleOutput: { id: 'A-1' },
        poll: async (context) => {
          await acme.call(context, { url: elsewhere === '' ? context.input.address : elsewhere, answer: order })
          return { items: [], cursor: null }
        },
      })
    expect(await check({ actions: {}, triggers: { found: feed('') } })).toEqual([])
    expect(await check({ actions: {}, triggers: { found: feed('https://elsewhere.test') } })).toEqual([
      'credentials found: it calls https://elsewhere.test, which is not its service',
    ])
  })

  it('leaves out what does not apply, and says so', async () => {
    const silent = defineConnector({ ...good, ...running(async () => ({ id: 'x' })), triggers: {} })
    expect(await checkConnector(silent)).toMatchObject({
      isKept: true,
      exceptions: [{ of: 'findOrder', reason: 'it calls no service over HTTP' }],
    })
    const exceptions = { failures: 'SMTP', display: 'is not shown' }
    const hidden = defineConnector({ ...good, docs: '', actions: {}, triggers: { ordersFound } })
    expect(await checkConnector(hidden, { exceptions })).toMatchObject({
      isKept: true,
      callsTried: 0,
      exceptions: expect.arrayContaining([{ of: 'failures', reason: 'SMTP' }]),
    })
    const html = running(async (context) => ({
      id: (await acme.send(context, { url: '/x', answer: z.unknown() })).response.text,
    }))
    const lenient = { exceptions: { 'findOrder:empty': 'gives any answer', list: 'gives any answer', nothing: 'any' } }
    expect((await check(html, lenient)).filter((problem) => problem.includes('"list"'))).toEqual([])
  })
})
