/** What a piece says of itself, as its process describes it. */
import { jsonValue, z } from '@inlay/sdk/connector'

const text = z.string().catch('')
const optionalText = z.string().optional().catch(undefined)

/** A choice of a field. */
const choiceSchema = z.object({ label: z.coerce.string(), value: jsonValue })

const baseProperty = z.object({
  name: z.string(),
  type: z.string(),
  displayName: text,
  description: text,
  required: z.boolean().catch(false),
  defaultValue: jsonValue.optional().catch(undefined),
  /** Of static dropdowns. */
  choices: z.array(choiceSchema).optional().catch(undefined),
  refreshers: z.array(z.string()).catch([]),
  refreshOnSearch: z.boolean().catch(false),
})

/** A field of a form. */
export type PieceProperty = z.output<typeof baseProperty> & {
  /** Of the items of an `ARRAY`. */
  readonly properties?: readonly PieceProperty[] | undefined
}

/** A field of a form, as a piece describes it. */
export const propertySchema: z.ZodType<PieceProperty> = baseProperty.extend({
  properties: z.lazy(() => z.array(propertySchema)).optional(),
})

const authSchema = z.object({
  type: z.string(),
  displayName: optionalText,
  description: optionalText,
  required: z.boolean().catch(true),
  authUrl: optionalText,
  tokenUrl: optionalText,
  scope: z.array(z.string()).catch([]),
  pkce: z.boolean().catch(false),
  prompt: optionalText,
  extra: z.record(z.string(), z.string()).catch({}),
  authorizationMethod: optionalText,
  grantType: optionalText,
  fields: z.array(propertySchema),
  canValidate: z.boolean(),
})

/** A way to connect an account. */
export type PieceAuthMethod = z.output<typeof authSchema>

const memberSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  description: text,
  requireAuth: z.boolean().catch(true),
  properties: z.array(propertySchema),
  /** Credentials among the member's own fields, as in the first generation. */
  ownAuth: z.array(authSchema.extend({ property: z.string() })),
  sample: jsonValue.optional().catch(undefined),
})

const triggerSchema = memberSchema.extend({
  type: z.string(),
  handshake: z.string(),
  renewalCron: z.string().optional(),
  /** Of `APP_WEBHOOK`: the events that it hears, or why it cannot be carried. */
  listening: z.object({ events: z.array(z.string()).optional(), whyNot: z.string().optional() }).optional(),
})

/** An action. */
export type PieceMember = z.output<typeof memberSchema>
/** A trigger. */
export type PieceTrigger = z.output<typeof triggerSchema>

/** What `describe` answers. */
export const descriptionSchema = z.object({
  /** `0a` and `0b`: before contexts had versions; `1` and `2`: the context's version. */
  generation: z.enum(['0a', '0b', '1', '2']),
  displayName: z.string(),
  description: text,
  categories: z.array(z.string()).catch([]),
  auth: z.array(authSchema),
  /** What it does with requests to the one address of an app. */
  events: z.object({ verifies: z.boolean(), parses: z.boolean() }),
  actions: z.array(memberSchema),
  triggers: z.array(triggerSchema),
})

/** What a piece says of itself. */
export type PieceDescription = z.output<typeof descriptionSchema>
