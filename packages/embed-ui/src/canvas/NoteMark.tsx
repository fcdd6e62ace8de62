import { StickyNote } from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import { Tooltip } from '../ui/Tooltip.js'
import styles from './StepCard.module.css'

export interface NoteMarkProps {
  readonly note: string
  readonly isEditable: boolean
  readonly onOpen: () => void
}

const PREVIEW_LENGTH = 240

/** Shows that a step has a note, and its beginning to those who point at it. */
export function NoteMark({ note, isEditable, onOpen }: NoteMarkProps) {
  const t = useTexts()
  const preview = note.length > PREVIEW_LENGTH ? `${note.slice(0, PREVIEW_LENGTH)}…` : note
  return (
    <Tooltip text={preview}>
      <button
        type="button"
        className={styles['note']}
        data-inlay-part="note"
        aria-label={t('note.said', { note: preview })}
        aria-disabled={!isEditable}
        onClick={() => isEditable && onOpen()}
      >
        <StickyNote size={14} aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
