import { Background, BackgroundVariant, useStore } from '@xyflow/react'
import { useAppearance } from '../theme/InlayTheme.js'
import styles from './FlowCanvas.module.css'

/** Below this zoom there would be more dots than anything else, in number and in the time to paint them. */
const MIN_GRID_ZOOM = 0.55

/** What lies behind the cards. */
export function Grid() {
  const { canvas } = useAppearance()
  const isNear = useStore(({ transform }) => transform[2] >= MIN_GRID_ZOOM)
  const background = canvas?.background ?? 'dots'
  if (background === 'none' || !isNear) return null
  return (
    <Background
      variant={background === 'dots' ? BackgroundVariant.Dots : BackgroundVariant.Lines}
      gap={22}
      size={1.4}
      className={styles['grid'] ?? ''}
    />
  )
}
