import { Button, Field } from '@inlay/embed-ui/ui'
import { Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { imageProblem, readImage, sizeOfImage } from './read-image.js'

interface ImageFieldProps {
  readonly label: string
  readonly help: string
  readonly value: string | null
  /** What it is shown on. */
  readonly ground: 'light' | 'dark'
  readonly onChange: (image: string | null) => void
}

/** An image that is kept with the brand: chosen from a file, shown with its size, removable. */
export function ImageField({ label, help, value, ground, onChange }: ImageFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const wrong = imageProblem(file)
    setProblem(wrong)
    if (wrong === undefined) onChange(await readImage(file))
  }
  return (
    <Field label={label} help={help} isGroup {...(problem === undefined ? {} : { error: problem })}>
      <span className="image-field">
        <span className="image-ground" data-ground={ground}>
          {value === null ? <span>None</span> : <img src={value} alt={`${label} as it is now`} />}
        </span>
        <span className="image-actions">
          <input
            ref={input}
            type="file"
            hidden
            accept="image/svg+xml,image/png,image/webp,image/x-icon,.ico"
            onChange={(event) => {
              void choose(event.target.files?.[0])
              // The same file can be chosen again.
              event.target.value = ''
            }}
          />
          <Button
            size="small"
            icon={<Upload size={14} />}
            aria-label={`${label}: choose a file`}
            onClick={() => input.current?.click()}
          >
            Choose a file
          </Button>
          {value !== null && (
            <Button
              size="small"
              variant="ghost"
              icon={<Trash2 size={14} />}
              aria-label={`${label}: remove`}
              onClick={() => onChange(null)}
            >
              Remove
            </Button>
          )}
          {value !== null && <span className="muted">{sizeOfImage(value)}</span>}
        </span>
      </span>
    </Field>
  )
}
