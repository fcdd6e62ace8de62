import type { ApiClient } from '@inlay/sdk/client'

/** What the vendor has handed in to the marketplace, as the API gives it. */
export type Submission = Awaited<ReturnType<ApiClient['marketplace']['submissions']['query']>>['data'][number]
