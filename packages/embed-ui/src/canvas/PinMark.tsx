import { Pin } from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import styles from './StepCard.module.css'

/** Shows that pinned data stands in for a step in tests. */
export function PinMark() {
  const t = useTexts()
  return (
    <span
      className={styles['pin']}
      role="img"
      aria-label={t('pin.pinned')}
      title={t('pin.pinned')}
      data-inlay-part="pin"
    >
      <Pin size={13} aria-hidden="true" />
    </span>
  )
}
