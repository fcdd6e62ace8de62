import { ConfirmDialog } from '@inlay/embed-ui/ui'
import type { ReactNode } from 'react'
import { useCall } from '../useCall.js'
import { useEscapeHeld } from './useEscapeHeld.js'

interface ReplaceSecretProps {
  /** What becomes of the secret before. */
  readonly text: string
  readonly call: () => Promise<{ readonly secret: string }>
  /** Called when there is a new secret. @default nothing */
  readonly onReplaced?: () => void
  readonly onClose: () => void
  /** Shows the new secret. */
  readonly children: (secret: string) => ReactNode
}

/** Asks before a new secret takes the place of another, and shows it. */
export function ReplaceSecret({ text, call, onReplaced, onClose, children }: ReplaceSecretProps) {
  const replace = useCall(call, onReplaced)
  useEscapeHeld(replace.isPending)
  if (replace.data !== undefined) return children(replace.data.secret)
  return (
    <ConfirmDialog
      isOpen
      isBusy={replace.isPending}
      title="Make a new secret?"
      text={text}
      confirmLabel="Make a new secret"
      // The old secret is gone as soon as this is sent: the new one must be seen.
      onClose={() => {
        if (!replace.isPending) onClose()
      }}
      onConfirm={() => replace.mutate(undefined)}
    />
  )
}
