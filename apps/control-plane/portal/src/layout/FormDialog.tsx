import { Button, Dialog } from '@inlay/embed-ui/ui'
import { type ReactNode, useId } from 'react'

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

/** A dialog that is one form: Enter in a field sends it, once its fields are right. */
export function FormDialog({ submitLabel, isBusy, onSubmit, onClose, children, ...described }: FormDialogProps) {
  const id = useId()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      {...described}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
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
