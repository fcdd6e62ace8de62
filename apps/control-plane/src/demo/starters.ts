/** Templates of the demo to begin from: they work without any account, and each brings data to try it out with. */
import type { JsonObject, JsonValue } from '@inlay/engine'
import type { NewTemplate } from '@inlay/platform/templates'

const ORDERS = 'Orders'
const CUSTOMERS = 'Customers'
const REPORTS = 'Reports'

const ORDER = { id: 'A-1001', total: 149.9, customer: 'Kim Lee', email: 'kim@example.com' }

/** @param stubUrl the demo's third-party service, which stands for chat, warehouse, CRM and newsletter */
export function starterTemplates(stubUrl: string): readonly NewTemplate[] {
  const make = [weeklyFigures, dailySummary, newsletter, contactForm, orderLines, approveOrders, bigOrders]
  return make.map((each) => each(new Stub(stubUrl)))
}

interface StepName {
  readonly id: string
  readonly name: string
}

/** Steps that call the demo's third-party service. */
class Stub {
  constructor(private readonly url: string) {}

  get(path: string, step: StepName): JsonObject {
    return this.request(step, { method: 'GET', url: this.url + path })
  }

  post(path: string, step: StepName, body: JsonObject): JsonObject {
    return this.request(step, { method: 'POST', url: this.url + path, body })
  }

  chat(step: StepName, text: string): JsonObject {
    return this.post('/chat', step, { text })
  }

  private request(step: StepName, input: JsonObject): JsonObject {
    return { ...step, type: 'action', connector: 'http', action: 'request', input }
  }
}

function weeklyFigures(stub: Stub): NewTemplate {
  const values = {
    orders: '{{ length(trigger.body.orders) }}',
    revenue: '{{ sum(pluck(trigger.body.orders, "total")) }}',
  }
  const text = 'This week: {{ steps.figures.output.orders }} orders, {{ round(steps.figures.output.revenue, 2) }} €'
  return webhook('Weekly figures from the shop', {
    useCase: REPORTS,
    description: 'Your shop sends the orders of the week; how many they were and their sum go to the team.',
    sample: { orders: [{ total: 49 }, { total: 149.9 }, { total: 12.5 }] },
    steps: [
      { id: 'figures', type: 'set', name: 'Add them up', values },
      stub.chat({ id: 'tell', name: 'Tell the team' }, text),
    ],
  })
}

function dailySummary(stub: Stub): NewTemplate {
  const name = 'Daily summary'
  const text =
    'Summary of {{ formatDate(trigger.scheduledAt, "d MMMM") }}: the shop answered {{ steps.ask.output.status }}.'
  return {
    name,
    description: 'Each working day at nine, asks the shop how yesterday went and tells the team.',
    useCase: REPORTS,
    sample: { scheduledAt: '2026-01-12T08:00:00.000Z' },
    definition: {
      schema: 'inlay/workflow@1',
      name,
      trigger: { type: 'schedule', cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin' },
      steps: [
        stub.get('/orders/yesterday', { id: 'ask', name: 'Ask the shop for yesterday' }),
        stub.chat({ id: 'tell', name: 'Tell the team' }, text),
      ],
    },
  }
}

function newsletter(stub: Stub): NewTemplate {
  const person = { email: '{{ lower(trigger.body.email) }}', name: '{{ trigger.body.name }}' }
  const text = 'Please add {{ trigger.body.email }} to the newsletter by hand.'
  return webhook('Newsletter sign-up that never gets lost', {
    useCase: CUSTOMERS,
    description: 'Adds people to the newsletter, tries again when that fails, and otherwise tells the team.',
    sample: { email: 'kim@example.com', name: 'Kim Lee' },
    steps: [
      {
        ...stub.post('/newsletter', { id: 'add', name: 'Add to the newsletter' }, person),
        retry: { maxAttempts: 4, initialInterval: '2s', backoffCoefficient: 2, maxInterval: '1m' },
        onError: { fallback: [stub.chat({ id: 'tell', name: 'Tell the team' }, text)] },
      },
    ],
  })
}

function contactForm(stub: Stub): NewTemplate {
  const values = {
    name: '{{ titleCase(trim(trigger.body.name)) }}',
    email: '{{ lower(trim(trigger.body.email)) }}',
  }
  const lead = {
    name: '{{ steps.person.output.name }}',
    email: '{{ steps.person.output.email }}',
    note: '{{ trigger.body.message }}',
  }
  const text = '{{ steps.person.output.name }} wants the newsletter.'
  return webhook('Contact form to the CRM', {
    useCase: CUSTOMERS,
    description: 'Tidies up what people type into your contact form and puts it into the CRM as a lead.',
    sample: { name: '  kim lee ', email: 'KIM@Example.com', message: 'Do you ship to Norway?', newsletter: true },
    steps: [
      { id: 'person', type: 'set', name: 'Tidy up the fields', values },
      stub.post('/crm/leads', { id: 'lead', name: 'Create a lead' }, lead),
      {
        ...stub.chat({ id: 'news', name: 'Tell who asked for news' }, text),
        if: '{{ trigger.body.newsletter == true }}',
      },
    ],
  })
}

function orderLines(stub: Stub): NewTemplate {
  const lines = [
    { sku: 'BK-17', title: 'The Garden Year', pieces: 2 },
    { sku: 'BK-42', title: 'Bread at Home', pieces: 1 },
    { sku: 'MG-03', title: 'Mug, blue', pieces: 4 },
  ]
  const job = { sku: '{{ item.sku }}', pieces: '{{ item.pieces }}' }
  const text = 'Order {{ trigger.body.order.id }}: {{ length(trigger.body.order.lines) }} lines to pick.'
  return webhook('Order lines to the warehouse', {
    useCase: ORDERS,
    description: 'Splits an order into its lines and sends a picking job to the warehouse for each.',
    sample: { order: { ...ORDER, lines } },
    steps: [
      {
        id: 'lines',
        type: 'forEach',
        name: 'For each line of the order',
        items: '{{ trigger.body.order.lines }}',
        concurrency: 3,
        steps: [stub.post('/warehouse/jobs', { id: 'pick', name: 'Ask the warehouse to pick it' }, job)],
      },
      stub.chat({ id: 'tell', name: 'Tell the warehouse team' }, text),
    ],
  })
}

function approveOrders(stub: Stub): NewTemplate {
  const ask = {
    id: 'ask',
    type: 'wait',
    name: 'Ask for a decision',
    approval: {
      title: 'Ship order {{ trigger.body.order.id }}?',
      message: '{{ trigger.body.order.customer }} orders for {{ trigger.body.order.total }} €.',
      timeout: '2d',
    },
  }
  const refused = {
    id: 'refused',
    type: 'stop',
    name: 'Stop when the answer is no',
    if: '{{ steps.ask.output.approved == false }}',
    outcome: 'succeeded',
    message: 'The order was not approved.',
  }
  return webhook('Approve big orders', {
    useCase: ORDERS,
    description: 'Somebody says yes or no to orders above your limit; all others go through by themselves.',
    // Below the limit, so that the first test needs nobody's answer.
    sample: { order: { ...ORDER, total: 49 } },
    vars: { limit: 100 },
    steps: [
      branch('Above the limit?', 'Above the limit', [ask, refused]),
      stub.post('/warehouse/orders', { id: 'ship', name: 'Ship the order' }, { order: '{{ trigger.body.order.id }}' }),
    ],
  })
}

function bigOrders(stub: Stub): NewTemplate {
  const order = 'Order {{ trigger.body.order.id }} of {{ trigger.body.order.total }} €'
  const tell = stub.chat({ id: 'tell', name: 'Tell the sales chat' }, `${order} from {{ trigger.body.order.customer }}`)
  return webhook('Big orders to the chat', {
    useCase: ORDERS,
    description: 'Writes a message to the sales chat when somebody orders for more than your limit.',
    sample: { order: ORDER },
    vars: { limit: 100 },
    steps: [branch('Is it a big order?', 'Big order', [tell])],
  })
}

function branch(name: string, caseName: string, steps: readonly JsonValue[]): JsonValue {
  const big = { name: caseName, if: '{{ trigger.body.order.total > vars.limit }}', steps: [...steps] }
  return { id: 'size', type: 'branch', name, cases: [big], else: [] }
}

interface Starter extends Pick<NewTemplate, 'description' | 'useCase'> {
  readonly steps: readonly JsonValue[]
  /** The body of the request that starts it. */
  readonly sample: JsonObject
  /** Settings, with the values that they have at first. */
  readonly vars?: JsonObject
}

function webhook(name: string, { steps, sample, vars = {}, ...about }: Starter): NewTemplate {
  return {
    ...about,
    name,
    definition: { schema: 'inlay/workflow@1', name, trigger: { type: 'webhook' }, vars, steps: [...steps] },
    sample: { method: 'POST', headers: { 'content-type': 'application/json' }, query: {}, body: sample },
  }
}
