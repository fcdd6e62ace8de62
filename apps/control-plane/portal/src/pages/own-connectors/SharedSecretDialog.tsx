import { SecretDialog } from '../../layout/SecretDialog.js'

interface SharedSecretDialogProps {
  readonly secret: string
  readonly onClose: () => void
}

/** Shows the secret that both sides of a connector sign with. */
export function SharedSecretDialog(props: SharedSecretDialogProps) {
  return (
    <SecretDialog
      title="The shared secret"
      text="It is shown this once. Your backend checks with it that calls come from here."
      label="Shared secret"
      {...props}
    />
  )
}
