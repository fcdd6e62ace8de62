import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { useCanvasState } from './canvas-store.js'
import styles from './FlowCanvas.module.css'

/** Says what to do while steps look for a new place without being dragged. */
export function MoveBanner({ onCancel }: { readonly onCancel: () => void }) {
  const t = useTexts()
  const count = useCanvasState(({ moving }) => (moving?.by === 'keys' ? moving.ids.length : 0))
  if (count === 0) return null
  return (
    <div className={styles['banner']} role="status" data-inlay-part="move-banner">
      <span>
        <strong>{t('move.title', { count })}</strong> {t('move.help')}
      </span>
      <Button size="small" onClick={onCancel}>
        {t('ui.cancel')}
      </Button>
    </div>
  )
}
