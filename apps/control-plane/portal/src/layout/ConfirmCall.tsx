import { ConfirmDialog, type ConfirmDialogProps } from '@inlay/embed-ui/ui'
import { useCall } from '../useCall.js'

interface ConfirmCallProps extends Pick<ConfirmDialogProps, 'title' | 'text' | 'confirmLabel' | 'onClose'> {
  /** What cannot be taken back. */
  readonly call: () => Promise<unknown>
  /** Called once it is done, after the dialog has closed. */
  readonly onDone: () => void
}

/** Asks before something that cannot be taken back, and does it. */
export function ConfirmCall({ call, onClose, onDone, ...said }: ConfirmCallProps) {
  const confirmed = useCall(call, () => {
    onClose()
    onDone()
  })
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isBusy={confirmed.isPending}
      {...said}
      onClose={onClose}
      onConfirm={() => confirmed.mutate(undefined)}
    />
  )
}
