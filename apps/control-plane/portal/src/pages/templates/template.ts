import type { ApiClient } from '@inlay/sdk/client'

/** A template of the vendor, as the API gives it. */
export type Template = Awaited<ReturnType<ApiClient['templates']['get']['query']>>
