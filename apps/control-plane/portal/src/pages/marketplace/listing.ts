import type { ApiClient } from '@inlay/sdk/client'

/** What the marketplace offers, as the API gives it. */
export type Listing = Awaited<ReturnType<ApiClient['marketplace']['browse']['query']>>['data'][number]
