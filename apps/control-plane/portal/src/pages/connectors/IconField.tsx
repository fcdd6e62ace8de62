import { ConnectorIcon } from '@inlay/embed-ui'
import { Button, Field } from '@inlay/embed-ui/ui'
import { Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'

/** As the API takes it. */
const MAX_BYTES = 16_384

interface IconFieldProps {
  /** An inline SVG document; null for the connector's own. */
  readonly value: string | null
  readonly onChange: (icon: string | null) => void
}

/** Another picture for a connector. */
export function IconField({ value, onChange }: IconFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const svg = (await file.text()).replace(/^[\s\S]*?(?=<svg[\s>])/, '').trim()
    const wrong = svg.startsWith('<svg')
      ? svg.length > MAX_BYTES
        ? 'Choose a file of 16 kB at most.'
        : undefined
      : 'Choose an SVG file.'
    setProblem(wrong)
    if (wrong === undefined) onChange(svg)
  }
  return (
    <Field
      label="Icon"
      help="An SVG, in place of the connector’s own."
      isGroup
      {...(problem === undefined ? {} : { error: problem })}
    >
      <span className="state">
        {value !== null && <ConnectorIcon connector={{ icon: value, color: null }} size={32} />}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/svg+xml"
          onChange={(event) => {
            void choose(event.target.files?.[0])
            // The same file can be chosen again.
            event.target.value = ''
          }}
        />
        <Button size="small" icon={<Upload size={14} />} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        {value !== null && (
          <Button size="small" variant="ghost" icon={<Trash2 size={14} />} onClick={() => onChange(null)}>
            Use its own
          </Button>
        )}
      </span>
    </Field>
  )
}
