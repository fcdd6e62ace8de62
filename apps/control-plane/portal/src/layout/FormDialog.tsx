import { Button, Dialog } from '@inlay/embed-ui/ui'
import { type ReactNode, useId } from 'react'
import { useEscapeHeld } from './useEscapeHeld.js'

interface FormDialogProps {
  readonly title: string
  readonly description?: string
  /** What the button says that sends the form. */
  readonly submitLabel: string
  readonly isBusy: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog that is one form: Enter in a field sends it, once its fields are right. While it is sent it stays open: the answer may hold a secret. */
export function FormDialog({ submitLabel, isBusy, onSubmit, onClose, children, ...described }: FormDialogProps) {
  const id = useId()
  useEscapeHeld(isBusy)
  return (
    <Dialog
      isOpen
      onClose={isBusy ? stay : onClose}
      {...described}
      footer={
        <>
          <Button disabled={isBusy} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={id} variant="primary" isBusy={isBusy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
      </form>
    </Dialog>
  )
}

function stay(): void {}
