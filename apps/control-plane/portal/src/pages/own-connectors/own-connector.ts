import type { ApiClient } from '@inlay/sdk/client'

/** A connector of the vendor's own, as the API gives it. */
export type OwnConnector = Awaited<ReturnType<ApiClient['tenantConnectors']['list']['query']>>['data'][number]
