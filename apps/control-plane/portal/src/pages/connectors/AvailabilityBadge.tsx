import { Badge } from '@inlay/embed-ui/ui'
import type { Availability } from './types.js'

const WORDS: Readonly<Record<Availability, string>> = { enabled: 'On', disabled: 'Off', blocked: 'Blocked' }
const TONES = { enabled: 'success', disabled: 'neutral', blocked: 'danger' } as const

/** Whether customers can use a connector. */
export function AvailabilityBadge({ availability }: { readonly availability: Availability }) {
  return <Badge tone={TONES[availability]}>{WORDS[availability]}</Badge>
}
