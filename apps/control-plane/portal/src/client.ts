import type { BuilderClient } from '@inlay/embed-ui'
import { createApiClient } from '@inlay/sdk/client'

/** The API under the member's session: the cookie speaks for itself. */
export const client = createApiClient({ baseUrl: window.location.origin })

/**
 * The same client as the builder knows it. The builder's port names JSON Schemas and definitions more closely than the
 * API, for which both are JSON; the shapes are those of the API contract.
 */
export const builderClient = client as unknown as BuilderClient
