import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import type { EventHub } from './events.js'

/** What every widget needs: somebody who is signed in, and who hears of what happens. */
export interface WidgetProps {
  /** A client that is signed in. Keep it the same between renders. */
  readonly client: BuilderClient
  readonly me: Me
  /** @default false */
  readonly isReadOnly?: boolean
  readonly events?: EventHub
}

/** The customer whose widget it is; empty for callers that are not confined to one. */
export function customerOf({ customer }: Me): string {
  return customer?.id ?? ''
}
