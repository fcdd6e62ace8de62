import {
  type ConnectionTestContext,
  type Connector,
  type ConnectorCategory,
  defineConnector,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { descriptionSchema, type PieceDescription, type PieceTrigger } from './description.js'
import type { PieceHost } from './host/piece-host.js'
import type { PieceReference } from './host/piece-package.js'
import { toAction } from './mapping/action.js'
import { appAccountOf, appEventsOf, appEventsProblem, tellsAccount } from './mapping/app-events.js'
import { authOf, type MappedAuth, toAuthDefinition, toPieceAuth } from './mapping/auth.js'
import { callerOf } from './mapping/caller.js'
import { memberIds } from './mapping/member-id.js'
import { unknownProperties } from './mapping/properties.js'
import { toTrigger } from './mapping/trigger.js'
import { callPiece, type RunnablePiece } from './piece-calls.js'

/** Which piece becomes a connector. */
export interface PieceConnectorOptions {
  readonly piece: PieceReference
  readonly host: PieceHost
  /** @default `activepieces-` and the piece's name, so that connectors of our own keep theirs */
  readonly id?: string
}

/**
 * Makes a connector of a piece, which is loaded once in its process to describe itself. What the connector cannot carry is
 * listed in its `docs`.
 *
 * @throws StepError `validation` when the piece is not installed as pinned, `bug` when it does not load, `rejected` when it
 * expects contexts of a newer version than this bridge makes
 * @example
 * const host = createPieceHost({ folderOf: ({ name, version }) => `/pieces/${name}@${version}` })
 * const connector = await createPieceConnector({ piece: { name: '@activepieces/piece-baserow', version: '0.10.0' }, host })
 */
export async function createPieceConnector(options: PieceConnectorOptions): Promise<Connector> {
  const { host } = options
  const piece = host.find(options.piece)
  const shortName = piece.name.replace(/^@[^/]*\//, '').replace(/^piece-/, '')
  const described = await callPiece({ piece, host, name: piece.name }, { kind: 'describe' }, { owner: '' })
  const description = descriptionSchema.parse(described)
  const runnable = { piece, host, name: description.displayName }
  const { actions, triggers, left, hears } = membersOf(runnable, description)
  const methods = authOf(description)
  return defineConnector({
    id: options.id ?? `activepieces-${shortName}`.slice(0, 50),
    version: piece.version,
    name: description.displayName,
    description: description.description || description.displayName,
    categories: categoriesOf(description),
    docs: docsOf(runnable, {
      left,
      isHeardByAll: hears.length === 0 || methods.every(({ method }) => tellsAccount(method)),
    }),
    auth: methods.map((method) => ({
      ...toAuthDefinition(method, (context) => validate(runnable, methods, context)),
      ...(hears.length > 0 && tellsAccount(method.method)
        ? { account: (context: ConnectionTestContext) => appAccountOf(runnable, hears, context) }
        : {}),
    })),
    ...(hears.length > 0 ? { appEvents: appEventsOf(runnable) } : {}),
    connectionOptional: methods.length > 0 && isConnectionOptional(description),
    actions,
    triggers,
  })
}

function membersOf(runnable: RunnablePiece, description: PieceDescription) {
  const actions: Record<string, ReturnType<typeof toAction>> = {}
  const triggers: Record<string, NonNullable<ReturnType<typeof toTrigger>>> = {}
  const left: string[] = []
  /** Names of triggers on events of the whole app. */
  const hears: string[] = []
  const actionIds = memberIds(description.actions.map(({ name }) => name))
  const triggerIds = memberIds(description.triggers.map(({ name }) => name))
  for (const action of description.actions) {
    const unknown = unknownProperties(action.properties).map(({ type }) => type)
    const id = actionIds.get(action.name)
    if (unknown.length > 0 || id === undefined)
      left.push(`action "${action.displayName}": fields of ${unknown.join(', ')}`)
    else actions[id] = toAction(runnable, action)
  }
  for (const trigger of description.triggers) {
    const unknown = unknownProperties(trigger.properties).map(({ type }) => type)
    const id = triggerIds.get(trigger.name)
    const why = unknown.length > 0 ? `fields of ${unknown.join(', ')}` : whyNotHeard(description, trigger)
    const made = why === undefined ? toTrigger(runnable, trigger) : undefined
    if (made === undefined || id === undefined) left.push(refusalOf(trigger, why))
    else triggers[id] = made
    if (made?.kind === 'appWebhook') hears.push(trigger.name)
  }
  return { actions, triggers, left, hears }
}

function whyNotHeard(description: PieceDescription, { type, listening }: PieceTrigger): string | undefined {
  return type === 'APP_WEBHOOK' ? (appEventsProblem(description) ?? listening?.whyNot) : undefined
}

function refusalOf({ displayName, type, handshake }: PieceTrigger, why: string | undefined): string {
  const kind = handshake === 'NONE' ? type : `${type} with a handshake`
  return `trigger "${displayName}": ${kind}${why === undefined ? '' : `; ${why}`}`
}

interface Remarks {
  readonly left: readonly string[]
  /** Whether triggers on events of the whole app hear of all accounts, however they are connected. */
  readonly isHeardByAll: boolean
}

function docsOf({ piece }: RunnablePiece, { left, isHeardByAll }: Remarks): string {
  return [
    `Runs the package \`${piece.name}\` ${piece.version} of the Activepieces project (MIT licence).`,
    ...(isHeardByAll ? [] : ['Triggers hear of accounts that are connected by sign-in (OAuth) alone.']),
    ...(left.length === 0 ? [] : ['Not carried:', left.map((line) => `- ${line}`).join('\n')]),
  ].join('\n\n')
}

function isConnectionOptional({ generation, auth, actions, triggers }: PieceDescription): boolean {
  const members = [...actions, ...triggers]
  if (generation === '0a') return members.some(({ ownAuth }) => ownAuth.length === 0)
  return auth.some(({ required }) => !required) || members.some(({ requireAuth }) => !requireAuth)
}

const verdictSchema = z.object({ valid: z.boolean(), error: z.string().optional().catch(undefined) })

async function validate(
  runnable: RunnablePiece,
  methods: readonly MappedAuth[],
  context: ConnectionTestContext,
): Promise<void> {
  const auth = toPieceAuth(context.auth)
  const method = methods.find(({ id, method: { type } }) =>
    context.auth.method === undefined ? type === auth?.type : id === context.auth.method,
  )
  if (auth === undefined || method === undefined) {
    throw new StepError('authentication', `${runnable.name} is not connected in this way`)
  }
  const { http, signal } = context
  const doors = { http, signal, owner: callerOf(context).customer }
  const verdict = await callPiece(runnable, { kind: 'validate', method: method.index, auth }, doors)
  const { valid, error } = verdictSchema.parse(verdict)
  if (!valid) {
    throw new StepError('authentication', `${runnable.name} does not accept the credentials`, {
      detail: error ?? 'Correct them.',
    })
  }
}

const CATEGORIES: Readonly<Record<string, ConnectorCategory>> = {
  ACCOUNTING: 'finance',
  ARTIFICIAL_INTELLIGENCE: 'ai',
  BUSINESS_INTELLIGENCE: 'analytics',
  COMMERCE: 'commerce',
  COMMUNICATION: 'communication',
  CONTENT_AND_FILES: 'files',
  CORE: 'tools',
  CUSTOMER_SUPPORT: 'support',
  DEVELOPER_TOOLS: 'developer',
  FLOW_CONTROL: 'tools',
  FORMS_AND_SURVEYS: 'marketing',
  HUMAN_RESOURCES: 'productivity',
  MARKETING: 'marketing',
  PAYMENT_PROCESSING: 'finance',
  PRODUCTIVITY: 'productivity',
  SALES_AND_CRM: 'crm',
  UNIVERSAL_AI: 'ai',
}

function categoriesOf({ categories }: PieceDescription): ConnectorCategory[] {
  return [...new Set(categories.flatMap((name) => CATEGORIES[name] ?? []))]
}
