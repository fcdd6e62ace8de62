import { Button, Callout, CodeBlock, Dialog } from '@inlay/embed-ui/ui'
import { useEscapeHeld } from './useEscapeHeld.js'

interface SecretDialogProps {
  readonly title: string
  /** What is said of it: that it is not shown again, and what it is for. */
  readonly text: string
  readonly secret: string
  readonly label: string
  readonly onClose: () => void
}

/** Shows a secret, which cannot be read again: a stray Escape does not take it away. */
export function SecretDialog({ title, text, secret, label, onClose }: SecretDialogProps) {
  useEscapeHeld(true)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="form">
        <Callout tone="warning" title="Copy it now">
          {text}
        </Callout>
        <CodeBlock code={secret} label={label} />
      </div>
    </Dialog>
  )
}
