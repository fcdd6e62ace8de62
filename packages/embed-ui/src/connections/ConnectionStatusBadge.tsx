import type { ConnectionStatus } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { Badge, type Tone } from '../ui/Feedback.js'

const TONES: Readonly<Record<ConnectionStatus, Tone>> = {
  ok: 'success',
  unverified: 'neutral',
  failing: 'danger',
  reconnect_needed: 'warning',
  pending: 'warning',
}

/** How a connection is doing, in one word. */
export function ConnectionStatusBadge({ status }: { readonly status: ConnectionStatus }) {
  const t = useTexts()
  return <Badge tone={TONES[status]}>{t(`connection.status.${status}`)}</Badge>
}
