import { rpcStatusRefusal, service } from '@inlay/sdk/connector'

const SERVICE = 'Gmail'

/** Google's Gmail API (v1). */
export const google = service({ name: SERVICE, refusal: rpcStatusRefusal(SERVICE) })
