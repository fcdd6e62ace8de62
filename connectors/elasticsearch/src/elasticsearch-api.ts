import { type HttpResponse, isInlayError, jsonOf, responseError, StepError, service, z } from '@inlay/sdk/connector'

const SERVICE = 'Elasticsearch'

/** `StepError.data.type` when an index has no document of an id. */
const NO_DOCUMENT = 'document_missing'

/** `StepError.data.type` when there is a document of an id already, or it was changed in the meantime. */
export const CONFLICT = 'version_conflict_engine_exception'

const errorAnswer = z.object({ error: z.object({ type: z.string(), reason: z.string().nullish() }) })
const missingAnswer = z.union([z.object({ found: z.literal(false) }), z.object({ result: z.literal('not_found') })])

/** The REST API that Elasticsearch (8 and 9) and OpenSearch (2 and later) have in common. */
export const elasticsearch = service({ name: SERVICE, refusal })

/** Whether a call failed since there is no document of that id: neither the index nor the address was wrong. */
export function isNoDocument(error: unknown): boolean {
  return isInlayError(error) && typeOf('data' in error ? error.data : undefined) === NO_DOCUMENT
}

/** Whether a call failed since there is a document of that id already, or it was changed in the meantime. */
export function isConflict(error: unknown): boolean {
  return isInlayError(error) && typeOf('data' in error ? error.data : undefined) === CONFLICT
}

function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
}

/** Errors tell their `type` and `reason`; a full queue is told by 429 and `es_rejected_execution_exception`. */
function refusal(response: HttpResponse): StepError | undefined {
  const { status } = response
  if (status < 400) return undefined
  // Proxies before a cluster answer with pages, which the status alone explains.
  const body = jsonOf(response)
  if (status === 404 && missingAnswer.safeParse(body).success) {
    return new StepError('rejected', 'There is no such document', { data: { status, type: NO_DOCUMENT } })
  }
  const parsed = errorAnswer.safeParse(body)
  if (!parsed.success) return undefined
  const { type, reason } = parsed.data.error
  return responseError(SERVICE, response, {
    kind: isFull(type) ? 'rate_limited' : undefined,
    title: `${SERVICE} refused the request: ${type}`,
    detail: reason?.slice(0, 500),
    data: { type },
  })
}

/** Whether the cluster could not take a request for now. */
export function isFull(type: string): boolean {
  return /^(?:es|opensearch)_rejected_execution_exception$|^rejected_execution_exception$/.test(type)
}
