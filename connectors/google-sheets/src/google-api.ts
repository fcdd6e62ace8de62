import { rpcStatusRefusal, service } from '@inlay/sdk/connector'

const SERVICE = 'Google Sheets'

/** Google's Sheets API (v4). */
export const google = service({ name: SERVICE, refusal: rpcStatusRefusal(SERVICE) })
