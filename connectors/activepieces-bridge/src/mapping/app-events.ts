import { createHash } from 'node:crypto'
import {
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  type ConnectedAccount,
  type ConnectionTestContext,
  type IncomingRequest,
  type JsonObject,
  jsonValue,
  StepError,
  z,
} from '@inlay/sdk/connector'
import type { PieceAuthMethod, PieceDescription } from '../description.js'
import { callPiece, type RunnablePiece } from '../piece-calls.js'
import { callerOf } from './caller.js'

const toldSchema = z.object({
  isVerified: z.boolean(),
  reply: z.object({ headers: z.record(z.string(), z.coerce.string()).catch({}), body: jsonValue }).optional(),
  event: z.string().optional(),
  account: z.string().optional(),
})

/** What a piece made of a request to the app's address. */
type Told = z.output<typeof toldSchema>

/** Why no trigger on events of whole apps can be carried; undefined when those can that listen to nothing but them. */
export function appEventsProblem({ events, auth }: PieceDescription): string | undefined {
  if (!events.verifies || !events.parses) return 'the piece does not tell whether the service sent an event'
  return auth.some(tellsAccount) ? undefined : 'no way to connect tells whose an account is'
}

/**
 * Whether the token endpoint tells whose an account is: its answer cannot be written by customers, unlike the fields of a
 * connection, which would let one hear the events of another. An address that they write would be theirs to answer.
 */
export function tellsAccount({ type, tokenUrl = '', authUrl = '' }: PieceAuthMethod): boolean {
  return type === 'OAUTH2' && tokenUrl.startsWith('https://') && !`${tokenUrl}${authUrl}`.includes('{')
}

/** The address of a piece's app: the piece itself verifies what arrives, and says what it is and whose. */
export function appEventsOf(runnable: RunnablePiece): AppEvents {
  // Its `route` is no promise, and a piece answers from its process: what it told to `verify` is kept for the same request.
  const told = new WeakMap<IncomingRequest, Told>()
  return {
    help: `Enter the address where ${runnable.name} asks for the one to which your app's events are sent, and here the secret with which it signs them.`,
    settings: z.object({
      webhookSecret: z.string().min(1).max(1000).meta({ title: 'Secret of the webhooks', format: 'password' }),
    }),
    secretSettings: ['webhookSecret'],
    verify: async (delivery) => {
      const read = await readDelivery(runnable, delivery)
      told.set(delivery.request, read)
      return read.isVerified
    },
    handshake: ({ request }) => {
      const { reply } = told.get(request) ?? {}
      return reply === undefined ? undefined : { headers: lowerCased(reply.headers), body: reply.body }
    },
    route: (request) => eventsOf(request, told.get(request)),
  }
}

async function readDelivery(runnable: RunnablePiece, { request, settings }: AppDelivery): Promise<Told> {
  const secret = String(settings['webhookSecret'] ?? '')
  // An empty secret would let anybody sign.
  if (secret === '') return { isVerified: false }
  const call = { kind: 'appEvent', payload: payloadOf(request), secret, url: request.url } as const
  // Deliveries of one tenant's app share a process with nothing else.
  return toldSchema.parse(await callPiece(runnable, call, { owner: `app:${digestOf(secret)}` }))
}

function eventsOf(request: IncomingRequest, told: Told | undefined): readonly AppEvent[] {
  if (told?.event === undefined || told.account === undefined) return []
  // Pieces do not say which field tells events apart; a service that sends one again sends the same.
  return [{ id: digestOf(request.rawBody), name: told.event, account: told.account, data: payloadOf(request) }]
}

/** A request as pieces know it. */
export function payloadOf({ method, headers, query, body, rawBody }: IncomingRequest): JsonObject {
  return { method, headers, queryParams: query, body, rawBody: Buffer.from(rawBody).toString('utf8') }
}

const accountsSchema = z.object({ accounts: z.array(z.string()) })

/**
 * Whose account is connected, as the piece's triggers have it.
 *
 * @throws StepError `authorization` when the token endpoint did not tell it
 */
export async function appAccountOf(
  runnable: RunnablePiece,
  triggers: readonly string[],
  context: ConnectionTestContext,
): Promise<ConnectedAccount> {
  const data = context.auth.kind === 'oauth2' ? context.auth.extra : {}
  const owner = callerOf(context).customer
  const found = await callPiece(runnable, { kind: 'account', triggers, data }, { owner, signal: context.signal })
  const [id, another] = accountsSchema.parse(found).accounts
  if (id !== undefined && another === undefined) return { id, label: id }
  throw new StepError('authorization', `${runnable.name} did not tell whose account it is`, {
    detail: 'Its triggers need that, so that events go to nobody else. Connect it again, with all permissions.',
  })
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url')
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
