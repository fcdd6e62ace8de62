import { SecretDialog } from '../../layout/SecretDialog.js'

interface WebhookSecretDialogProps {
  readonly secret: string
  readonly onClose: () => void
}

/** Shows what an endpoint's messages are signed with. */
export function WebhookSecretDialog(props: WebhookSecretDialogProps) {
  return (
    <SecretDialog
      title="The signing secret"
      text="It is shown this once. Your backend checks with it that messages come from here."
      label="Signing secret"
      {...props}
    />
  )
}
