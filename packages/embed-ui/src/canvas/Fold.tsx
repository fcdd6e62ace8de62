import type { Step } from '@inlay/engine'
import { ChevronRight, ChevronsDownUp } from 'lucide-react'
import { useDirection, useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { type CanvasStore, toggleFold, useCanvasStore } from './canvas-store.js'
import styles from './StepCard.module.css'

/** Hides what is inside a block. */
export function FoldButton({ step, title }: { readonly step: Step; readonly title: string }) {
  const t = useTexts()
  const store = useCanvasStore()
  return (
    <IconButton
      label={t('fold.close', { name: title })}
      size="small"
      tabIndex={-1}
      aria-expanded
      data-inlay-part="fold"
      onClick={() => toggleFold(store, step.id)}
    >
      <ChevronsDownUp size={14} />
    </IconButton>
  )
}

export interface FoldStripProps {
  readonly step: Step
  readonly count: number
  readonly store: CanvasStore
}

/** The line below a collapsed block's card: what is inside, and how to see it. */
export function FoldStrip({ step, count, store }: FoldStripProps) {
  const t = useTexts()
  const direction = useDirection()
  return (
    <button
      type="button"
      className={styles['strip']}
      dir={direction}
      data-inlay-part="fold"
      aria-expanded={false}
      tabIndex={-1}
      onClick={() => toggleFold(store, step.id)}
    >
      <ChevronRight size={13} aria-hidden="true" data-mirror />
      {count === 0 ? t('fold.empty') : t('fold.inside', { count })}
    </button>
  )
}
