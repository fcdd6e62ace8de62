import type { CustomerId, JsonValue, TenantId } from '@inlay/engine'

/** An output that is kept in the blob store, because the journal does not hold as much. */
export interface LargeOutput {
  readonly key: string
  readonly bytes: number
}

/** What the engine records in place of a large output. */
interface BlobMark {
  readonly $blob?: { readonly key?: JsonValue; readonly bytes?: JsonValue }
}

/**
 * What a recorded output stands for. A service's answer may look like a reference, too: only what is below the customer's
 * own prefix is one.
 */
export function largeOutputOf(
  output: JsonValue | null,
  { tenantId, customerId }: { tenantId: TenantId; customerId: CustomerId },
): LargeOutput | undefined {
  if (typeof output !== 'object' || output === null || !('$blob' in output) || Object.keys(output).length !== 1) {
    return undefined
  }
  // Looked into field by field below.
  const { key, bytes } = (output as BlobMark).$blob ?? {}
  const isOwn = typeof key === 'string' && key.startsWith(`${tenantId}/${customerId}/`)
  return isOwn && typeof bytes === 'number' ? { key, bytes } : undefined
}
