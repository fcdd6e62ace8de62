/** Webhooks of bases: https://airtable.com/developers/web/api/webhooks-overview. */
import { collectPages, hasStatus, jsonValue, type ServiceContext, z } from '@inlay/sdk/connector'
import { airtable } from './airtable-api.js'

/** What a webhook tells of, in Airtable's words. */
export interface WebhookFilters {
  readonly dataTypes: readonly string[]
  readonly recordChangeScope: string
  readonly changeTypes: readonly string[]
  readonly watchDataInFieldIds?: string[]
}

const created = z.object({ id: z.string(), macSecretBase64: z.string() })
const listed = z.object({ webhooks: z.array(z.object({ id: z.string(), notificationUrl: z.string().nullish() })) })

function webhooksPath(base: string, id?: string): string {
  return `/v0/bases/${encodeURIComponent(base)}/webhooks${id === undefined ? '' : `/${encodeURIComponent(id)}`}`
}

/** Makes a webhook, in the place of one that an earlier attempt left: its secret is told once alone. */
export async function createWebhook(
  context: ServiceContext,
  { base, url, filters }: { readonly base: string; readonly url: string; readonly filters: WebhookFilters },
): Promise<z.output<typeof created>> {
  const { webhooks } = await airtable.call(context, { url: webhooksPath(base), answer: listed })
  for (const { id, notificationUrl } of webhooks) if (notificationUrl === url) await deleteWebhook(context, base, id)
  const includes = { includeCellValuesInFieldIds: 'all', includePreviousCellValues: true }
  return airtable.call(context, {
    method: 'POST',
    url: webhooksPath(base),
    json: { notificationUrl: url, specification: { options: { filters: { ...filters }, includes } } },
    answer: created,
  })
}

/** Safe to call for one that is not there. */
export async function deleteWebhook(context: ServiceContext, base: string, id: string): Promise<void> {
  try {
    await airtable.call(context, { method: 'DELETE', url: webhooksPath(base, id) })
  } catch (error) {
    if (!hasStatus(error, 404)) throw error
  }
}

/** Lets a webhook live for a week more. @returns whether it still did */
export async function refreshWebhook(context: ServiceContext, base: string, id: string): Promise<boolean> {
  try {
    await airtable.call(context, { method: 'POST', url: `${webhooksPath(base, id)}/refresh` })
    return true
  } catch (error) {
    if (hasStatus(error, 404)) return false
    throw error
  }
}

const cells = z.object({ cellValuesByFieldId: z.record(z.string(), jsonValue) }).optional()
const tableChanges = z.object({
  createdRecordsById: z
    .record(z.string(), z.object({ cellValuesByFieldId: z.record(z.string(), jsonValue).default({}) }))
    .default({}),
  changedRecordsById: z.record(z.string(), z.object({ current: cells, previous: cells, unchanged: cells })).default({}),
  destroyedRecordIds: z.array(z.string()).default([]),
})

const payloadSchema = z.object({
  timestamp: z.string().default(''),
  baseTransactionNumber: z.number().default(0),
  /** Set when Airtable could not find out what has changed. */
  error: z.boolean().default(false),
  changedTablesById: z.record(z.string(), tableChanges).default({}),
})

/** One transaction of a base, as far as it is of a webhook's concern. */
export type WebhookPayload = z.output<typeof payloadSchema>

const payloadPage = z.object({ cursor: z.number(), mightHaveMore: z.boolean(), payloads: z.array(payloadSchema) })
const MAX_PAYLOADS = 1000

/** What has happened since a cursor, and where to go on. */
export async function readPayloads(
  context: ServiceContext,
  { base, id, cursor }: { readonly base: string; readonly id: string; readonly cursor: number },
): Promise<{ readonly payloads: readonly WebhookPayload[]; readonly cursor: number }> {
  let reached = cursor
  const read = async (from: number) => {
    const url = `${webhooksPath(base, id)}/payloads`
    const page = await airtable.call(context, { url, query: { cursor: from }, answer: payloadPage })
    reached = page.cursor
    return { items: page.payloads, next: page.mightHaveMore ? page.cursor : undefined }
  }
  return { payloads: await collectPages(read, cursor, { maxItems: MAX_PAYLOADS }), cursor: reached }
}
