import { CopyButton, Field } from '@inlay/embed-ui/ui'

interface CopyFieldProps {
  readonly label: string
  readonly help: string
  readonly text: string
  /** What the button that copies it is called. */
  readonly copyLabel: string
}

/** What is entered at another service: shown, and copied at a click. */
export function CopyField({ label, help, text, copyLabel }: CopyFieldProps) {
  return (
    <Field label={label} help={help} isGroup>
      <span className="with-copy">
        <code>{text}</code>
        <CopyButton text={text} label={copyLabel} />
      </span>
    </Field>
  )
}
