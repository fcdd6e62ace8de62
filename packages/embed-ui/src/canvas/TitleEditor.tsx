import { useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { isComposing } from '../ui/is-composing.js'
import styles from './StepCard.module.css'

export interface TitleEditorProps {
  readonly title: string
  /** @default what asks for the name of a step */
  readonly label?: string
  readonly placeholder?: string
  /** The new name, or null when given up. */
  readonly onDone: (name: string | null) => void
}

/** A name that is edited in its place: Enter keeps it, Escape gives it up. */
export function TitleEditor({ title, label, placeholder, onDone }: TitleEditorProps) {
  const t = useTexts()
  const [name, setName] = useState(title)
  return (
    <input
      className={`${styles['titleInput']} nokey nopan`}
      // biome-ignore lint/a11y/noAutofocus: the field appears because the person asked to rename
      autoFocus
      dir="auto"
      value={name}
      placeholder={placeholder}
      aria-label={label ?? t('menu.rename')}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (isComposing(event)) return
        if (event.key === 'Enter') onDone(name)
        if (event.key === 'Escape') onDone(null)
      }}
    />
  )
}
