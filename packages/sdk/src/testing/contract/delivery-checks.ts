import {
  type Connector,
  type DeliveryContext,
  type IncomingRequest,
  isInlayError,
  type JsonObject,
  type JsonValue,
  StepError,
  secretText,
} from '@inlay/engine'
import { createTestFiles, createTestStores } from '../test-storage.js'
import type { CheckContext, ContractProblem } from './contract-report.js'
import { madeUpAuths, madeUpInput } from './made-up-values.js'

const SECRET = 'test-secret'
const BODIES: readonly JsonValue[] = [null, '', 'text', 7, [], [null], {}, { type: 'x' }, { event: null }, { data: [] }]

/** Whether a connector takes what nobody signed, or breaks on what it does not expect. */
export async function deliveriesCheck({ connector, options }: CheckContext): Promise<ContractProblem[]> {
  const problems: ContractProblem[] = []
  const report = (of: string, problem: string): void => void problems.push({ check: 'deliveries', of, problem })
  const context = deliveryContext({ connector, options })
  for (const body of BODIES) {
    const request = unsigned(body)
    for (const [id, trigger] of Object.entries(connector.triggers)) {
      if (trigger.kind !== 'webhook') continue
      const input = trigger.input.safeParse(options.inputs?.[id] ?? madeUpInput(trigger.input)).data
      const delivery = { ...context, request, input, secret: SECRET, registration: {}, now: Date.now() }
      await probe(
        () => trigger.handshake?.(delivery),
        (text) => report(id, `handshake ${text}`),
      )
      const isTaken = await probe(
        () => trigger.verify(delivery),
        (text) => report(id, `verify ${text}`),
      )
      if (isTaken === true) report(id, 'verify takes a delivery that nobody signed')
      await probe(
        () => trigger.parse(delivery),
        (text) => report(id, `parse ${text}`),
      )
      await probe(
        () => trigger.answer?.({ ...delivery, items: [] }),
        (text) => report(id, `answer ${text}`),
      )
    }
    await checkAppEvents(connector, { request, context }, report)
  }
  return unique(problems)
}

type Report = (of: string, problem: string) => void

/** There is no service here: who asks it is told so. */
function deliveryContext({ connector, options }: CheckContext): Omit<DeliveryContext, 'input'> {
  const nothing = (): Promise<never> => Promise.reject(new StepError('communication', 'There is no service here'))
  return {
    credentials: async () => options.auth ?? madeUpAuths(connector)[0],
    http: { request: nothing },
    net: { connect: nothing },
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    store: createTestStores(),
    files: createTestFiles(),
  }
}

interface Told {
  readonly request: IncomingRequest
  readonly context: Omit<DeliveryContext, 'input'>
}

async function checkAppEvents(
  { appEvents, triggers }: Connector,
  { request, context }: Told,
  report: Report,
): Promise<void> {
  if (appEvents === undefined) return
  const settings: JsonObject = Object.fromEntries(appEvents.secretSettings.map((name) => [name, SECRET]))
  const app = { clientId: 'test-client', clientSecret: secretText(SECRET) }
  const delivery = { request, settings, now: Date.now(), oauthApp: async () => app }
  const tell = (what: string) => (text: string) => report('appEvents', `${what} ${text}`)
  const isTaken = await probe(() => appEvents.verify(delivery), tell('verify'))
  if (isTaken === true) report('appEvents', 'verify takes a delivery that nobody signed')
  await probe(() => appEvents.handshake?.(delivery), tell('handshake'))
  await probe(() => appEvents.route(request), tell('route'))
  for (const [id, trigger] of Object.entries(triggers)) {
    if (trigger.kind !== 'appWebhook') continue
    const event = { id: 'event', name: trigger.events[0] ?? '', account: 'account', data: request.body }
    const input = trigger.input.safeParse(madeUpInput(trigger.input)).data
    await probe(
      () => trigger.parse({ ...context, event, input }),
      (text) => report(id, `parse ${text}`),
    )
  }
}

/** What code gives; code that breaks is reported, for it would break in the face of the service. */
async function probe<T>(code: () => T | Promise<T>, report: (text: string) => void): Promise<T | undefined> {
  try {
    return await code()
  } catch (error) {
    if (isInlayError(error) && 'kind' in error && error.kind === 'communication') return undefined
    report(`breaks on a body that it does not expect: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

function unsigned(body: JsonValue): IncomingRequest {
  const rawBody = Buffer.from(JSON.stringify(body))
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', url: 'https://hooks.test/hooks/token', headers, query: {}, rawBody, body }
}

function unique(problems: readonly ContractProblem[]): ContractProblem[] {
  return [...new Map(problems.map((each) => [`${each.of} ${each.problem}`, each])).values()]
}
