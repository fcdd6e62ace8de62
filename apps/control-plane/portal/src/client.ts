import { createApiClient } from '@inlay/sdk/client'

/** The API under the member's session: the cookie speaks for itself. */
export const client = createApiClient({ baseUrl: window.location.origin })
