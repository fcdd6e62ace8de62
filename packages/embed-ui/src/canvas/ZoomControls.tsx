import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import styles from './FlowCanvas.module.css'

/** Shows everything when the focus is on the canvas. */
export const FIT_KEY = '1'
const ZOOM_MS = 160

/** Buttons to zoom and to see everything. */
export function ZoomControls({ onFit }: { readonly onFit: () => void }) {
  const t = useTexts()
  const flow = useReactFlow()
  return (
    <div className={styles['controls']} data-inlay-part="zoom-controls">
      <IconButton label={t('canvas.zoomOut')} size="small" onClick={() => void flow.zoomOut({ duration: ZOOM_MS })}>
        <Minus size={15} />
      </IconButton>
      <IconButton label={t('canvas.zoomIn')} size="small" onClick={() => void flow.zoomIn({ duration: ZOOM_MS })}>
        <Plus size={15} />
      </IconButton>
      <IconButton label={t('canvas.fit')} size="small" shortcut={FIT_KEY} onClick={onFit}>
        <Maximize size={14} />
      </IconButton>
    </div>
  )
}
