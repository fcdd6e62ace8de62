import { Button, Callout, CodeBlock, Dialog } from '@inlay/embed-ui/ui'

interface SecretDialogProps {
  readonly secret: string
  readonly onClose: () => void
}

/** Shows a shared secret, which cannot be read again. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="The shared secret"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Callout tone="warning" title="Copy it now">
        It is shown this once. Your backend checks with it that calls come from here.
      </Callout>
      <CodeBlock code={secret} label="Shared secret" />
    </Dialog>
  )
}
