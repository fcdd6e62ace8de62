/** What a piece's process and its parent say to each other. What comes from the process is parsed as a stranger's. */
import type { JsonObject, JsonValue } from '@inlay/sdk/connector'
import { jsonValue, z } from '@inlay/sdk/connector'

/** Credentials as pieces of the newest generation see them; older ones get parts of it. */
export type PieceAuth =
  | { readonly type: 'SECRET_TEXT'; readonly secret_text: string }
  | { readonly type: 'BASIC_AUTH'; readonly username: string; readonly password: string }
  | { readonly type: 'CUSTOM_AUTH'; readonly props: JsonObject }
  | {
      readonly type: 'OAUTH2'
      readonly access_token: string
      readonly token_type: 'Bearer'
      readonly scope: string
      readonly props: JsonObject
      readonly data: JsonObject
    }

/** What calls of a member share. */
interface MemberCall {
  /** As the piece calls it. */
  readonly name: string
  readonly auth?: PieceAuth
  readonly input: JsonObject
  /** On whose behalf. */
  readonly customer: string
  readonly externalId?: string
}

/** What the parent asks of the process, one at a time. */
export type PieceCall =
  | { readonly kind: 'describe' }
  | { readonly kind: 'validate'; readonly method: number; readonly auth: PieceAuth }
  | (MemberCall & {
      readonly kind: 'action'
      readonly runId: string
      readonly callbackUrl?: string
      readonly resumed?: JsonObject
    })
  | (MemberCall & {
      readonly kind: 'field'
      readonly of: 'action' | 'trigger'
      readonly property: string
      readonly search: string
    })
  | (MemberCall & {
      readonly kind: 'trigger'
      readonly hook: 'onEnable' | 'onDisable' | 'onRenew' | 'run'
      readonly webhookUrl: string
      readonly payload?: JsonObject
    })
  /** Whose events these triggers hear, by what the token endpoint told beside the tokens. */
  | { readonly kind: 'account'; readonly triggers: readonly string[]; readonly data: JsonObject }
  /** A request to the address of the app. */
  | { readonly kind: 'appEvent'; readonly payload: JsonObject; readonly secret: string; readonly url: string }

const MAX_KEY = 1000
const scope = z.enum(['customer', 'workflow', 'trigger'])

const questionSchema = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('http'),
    method: z.string().max(20),
    url: z.string().max(65_536),
    headers: z.record(z.string(), z.string()),
    /** Base64. */
    body: z.string(),
    isRedirected: z.boolean(),
  }),
  z.object({ op: z.literal('get'), scope, key: z.string().max(MAX_KEY) }),
  z.object({ op: z.literal('put'), scope, key: z.string().max(MAX_KEY), value: jsonValue }),
  z.object({ op: z.literal('delete'), scope, key: z.string().max(MAX_KEY) }),
  z.object({ op: z.literal('file'), name: z.string().max(500), body: z.string() }),
])

/** What the process asks for in the middle of a call. */
export type DoorQuestion = z.input<typeof questionSchema>
/** As parsed. */
export type CheckedQuestion = z.output<typeof questionSchema>

/** What the parent answers to a `DoorQuestion`. Bodies are base64. */
export type DoorAnswer =
  | { readonly error: string }
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly value: JsonValue }

const failureSchema = z.object({
  type: z.string(),
  message: z.string(),
  status: z.int().optional(),
  body: z.string().optional(),
  retryAfter: z.string().optional(),
})

/** What a piece threw. */
export type PieceFailure = z.output<typeof failureSchema>

/** What the process writes. */
export const childMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('log'), text: z.string() }),
  z.object({ kind: z.literal('ask'), number: z.int(), question: questionSchema }),
  z.object({ kind: z.literal('done'), value: jsonValue }),
  z.object({ kind: z.literal('failed'), failure: failureSchema }),
])
