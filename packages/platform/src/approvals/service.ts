import type { Engine, JsonObject, JsonValue, TenantId, TenantScope } from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import type { MasterKeys } from '../config/index.js'
import type { Caller } from '../identity/index.js'
import { type Brand, productNameOf, type TenancyService } from '../tenancy/index.js'
import { approvalId, parseApprovalId } from './approval-ref.js'
import { isAssigned } from './assignees.js'
import { alreadyAnswered, alreadyDecided, approvalNotFound, keyIsGone, linkNotFound, notAssigned } from './errors.js'
import type { Approval, ApprovalState, Decision } from './schema.js'
import type { ApprovalRow, ApprovalStore, InboxCursor, LinkRow } from './store.js'
import { findToken } from './wait-tokens.js'

export interface InboxRequest {
  /** @default 'open' */
  readonly state?: ApprovalState | undefined
  readonly cursor?: string | undefined
  readonly limit: number
  readonly customerId?: string | undefined
  readonly runId?: string | undefined
}

export interface DecisionRequest {
  readonly decision: Decision
  readonly comment?: string | undefined
}

/** What the page of a link shows. */
export interface ApprovalPage {
  /** What the tenant's product is called. */
  readonly tenantName: string
  readonly brand: Brand
  readonly title: string
  readonly message: string
  readonly deadline: string | null
  readonly isDecided: boolean
}

/** Decisions that runs wait for, and callbacks. */
export interface ApprovalsService {
  /** Open ones with the oldest first, or decided ones with the newest first. */
  list(scope: TenantScope, request: InboxRequest): Promise<Page<Approval>>
  /** @throws UserError `approval.not_found`, `approval.not_assigned`, `approval.already_decided`, `approval.link_only` */
  decide(caller: Caller, id: string, request: DecisionRequest): Promise<void>
  /** What a link asks for. @param only the tenant whose links alone count @throws UserError `link.not_found` */
  readLink(token: string, only?: TenantId): Promise<ApprovalPage>
  /** Decides for whoever has the link. @throws UserError `link.not_found`, `approval.already_decided` */
  decideByLink(token: string, request: DecisionRequest, only?: TenantId): Promise<void>
  /** Gives a callback what it waits for. @throws UserError `link.not_found`, `callback.already_answered` */
  answerCallback(token: string, body: JsonValue, only?: TenantId): Promise<void>
}

interface ApprovalDeps {
  readonly store: ApprovalStore
  readonly engine: Pick<Engine, 'answer'>
  readonly masterKeys: MasterKeys
  readonly tenancy: Pick<TenancyService, 'getBrand'>
}

/** 256 bits in Base64url: what looks otherwise is not asked for. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/
const BY_LINK: JsonObject = { kind: 'link', id: null, name: null }

export function createApprovalsService({ store, engine, masterKeys, tenancy }: ApprovalDeps): ApprovalsService {
  const findLink = async (token: string, kind: LinkRow['kind'], only: TenantId | undefined): Promise<LinkRow> => {
    const link = TOKEN.test(token) ? await store.findByToken(token) : undefined
    if (link?.kind !== kind || link.tenant_id !== (only ?? link.tenant_id)) throw linkNotFound()
    return link
  }
  const answer = async (token: string, value: JsonValue, errors: { taken: () => Error }): Promise<void> => {
    const outcome = await engine.answer(token, value)
    if (outcome === 'already_answered') throw errors.taken()
    if (outcome === 'not_found') throw linkNotFound()
  }
  const decide = (token: string, { decision, comment = '' }: DecisionRequest, by: JsonObject): Promise<void> => {
    const value = { approved: decision === 'approve', by, comment: comment === '' ? null : comment }
    return answer(token, value, { taken: alreadyDecided })
  }
  return {
    list: async (scope, { cursor, ...filter }) => {
      const rows = await store.list(scope, { ...filter, after: parseCursor(cursor) })
      return toPage(rows, filter.limit, { cursorOf, toItem: toApproval })
    },
    decide: async (caller, id, request) => {
      const ref = parseApprovalId(id)
      const row = ref === undefined ? undefined : await store.find(caller.scope, ref)
      if (ref === undefined || row === undefined) throw approvalNotFound(id)
      if (!isAssigned(caller, row.detail['assignees'])) throw notAssigned()
      if (row.is_answered) throw alreadyDecided()
      const token = findToken(masterKeys, ref, row.token_hash)
      if (token === undefined) throw keyIsGone()
      await decide(token, request, personOf(caller))
    },
    readLink: async (token, only) => {
      const link = await findLink(token, 'approval', only)
      const brand = await tenancy.getBrand({ tenantId: link.tenant_id })
      const tenantName = productNameOf({ name: link.tenant_name }, brand)
      return { tenantName, brand, ...textsOf(link.detail), isDecided: link.is_answered }
    },
    decideByLink: async (token, request, only) => {
      await findLink(token, 'approval', only)
      await decide(token, request, BY_LINK)
    },
    answerCallback: async (token, body, only) => {
      await findLink(token, 'callback', only)
      await answer(token, { body }, { taken: alreadyAnswered })
    },
  }
}

/** Who decided, as the run's steps see it. */
function personOf(caller: Caller): JsonObject {
  if (caller.kind === 'member') return { kind: 'member', id: caller.member.id, name: caller.member.name }
  if (caller.kind === 'embed') return { kind: 'endUser', id: caller.endUser.sub, name: caller.endUser.name }
  return { kind: 'apiKey', id: caller.id, name: null }
}

function toApproval(row: ApprovalRow): Approval {
  const { run_id: runId, step_path: stepPath, iteration } = row
  return {
    id: approvalId({ runId, stepPath, iteration }),
    runId,
    stepPath,
    iteration,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name ?? 'Deleted workflow',
    customerId: row.customer_id,
    ...textsOf(row.detail),
    assignees: row.detail['assignees'] ?? [],
    openedAt: row.opened_at.toISOString(),
    decision: row.answered_at === null ? null : decisionOf(row.answer ?? {}, row.answered_at),
  }
}

/** As `decide` and the engine's deadline write it. */
function decisionOf({ approved, by, comment }: JsonObject, at: Date): Approval['decision'] {
  const person = typeof by === 'object' && by !== null && 'name' in by ? by.name : null
  return {
    approved: typeof approved === 'boolean' ? approved : null,
    by: typeof person === 'string' ? person : null,
    comment: typeof comment === 'string' ? comment : null,
    at: at.toISOString(),
  }
}

/** The workflow's author may have made them anything. */
function textsOf({ title, message, deadline }: JsonObject): {
  title: string
  message: string
  deadline: string | null
} {
  return {
    title: typeof title === 'string' ? title : '',
    message: typeof message === 'string' ? message : '',
    deadline: typeof deadline === 'string' ? deadline : null,
  }
}

/** The place of a row in the list: when it was opened, and its id. */
function cursorOf({ opened, run_id: runId, step_path: stepPath, iteration }: ApprovalRow): string {
  return `${Buffer.from(opened).toString('base64url')}.${approvalId({ runId, stepPath, iteration })}`
}

/** What is no cursor of ours begins at the beginning. */
function parseCursor(cursor = ''): InboxCursor | undefined {
  const [time = '', id = ''] = cursor.split('.')
  const opened = Buffer.from(time, 'base64url').toString()
  const ref = parseApprovalId(id)
  return ref === undefined || Number.isNaN(Date.parse(opened)) ? undefined : { ...ref, opened }
}
