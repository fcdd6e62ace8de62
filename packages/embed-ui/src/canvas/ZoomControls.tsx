import { useStore } from '@xyflow/react'
import { ChevronsDownUp, ChevronsUpDown, Map as MapIcon, Maximize, Minus, Plus, Search } from 'lucide-react'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Tooltip } from '../ui/Tooltip.js'
import { useCanvasState, useCanvasStore } from './canvas-store.js'
import styles from './FlowCanvas.module.css'
import { shortcutOf } from './StepMenu.js'
import type { Viewport } from './useViewport.js'

export interface ZoomControlsProps {
  readonly viewport: Viewport
  /** Whether there is anything to collapse. */
  readonly hasBlocks: boolean
  readonly onFoldAll: () => void
  readonly onSearch: () => void
}

/** Buttons to zoom, to find and to see more or less. */
export function ZoomControls({ viewport, hasBlocks, onFoldAll, onSearch }: ZoomControlsProps) {
  const t = useTexts()
  const store = useCanvasStore()
  const hasMinimap = useCanvasState((state) => state.hasMinimap)
  const isAnyFolded = useCanvasState(({ collapsed }) => collapsed.size > 0)
  return (
    <div className={styles['controls']} data-inlay-part="zoom-controls">
      <IconButton
        label={t('canvas.zoomOut')}
        {...shortcutOf('zoomOut', t)}
        size="small"
        onClick={() => viewport.zoomBy(-1)}
      >
        <Minus size={15} />
      </IconButton>
      <ZoomLevel viewport={viewport} />
      <IconButton
        label={t('canvas.zoomIn')}
        {...shortcutOf('zoomIn', t)}
        size="small"
        onClick={() => viewport.zoomBy(1)}
      >
        <Plus size={15} />
      </IconButton>
      <IconButton label={t('canvas.fit')} {...shortcutOf('fit', t)} size="small" onClick={viewport.fitAll}>
        <Maximize size={14} />
      </IconButton>
      <span className={styles['divider']} aria-hidden="true" />
      <IconButton
        label={t('canvas.minimap')}
        size="small"
        aria-pressed={hasMinimap}
        onClick={() => store.setState({ hasMinimap: !hasMinimap })}
      >
        <MapIcon size={14} />
      </IconButton>
      {hasBlocks && (
        <IconButton
          label={t(isAnyFolded ? 'canvas.unfoldAll' : 'canvas.foldAll')}
          {...shortcutOf('foldAll', t)}
          size="small"
          onClick={onFoldAll}
        >
          {isAnyFolded ? <ChevronsUpDown size={14} /> : <ChevronsDownUp size={14} />}
        </IconButton>
      )}
      <IconButton label={t('canvas.search')} {...shortcutOf('search', t)} size="small" onClick={onSearch}>
        <Search size={14} />
      </IconButton>
    </div>
  )
}

/** How large things are drawn; a click draws them as large as they are meant to be. */
function ZoomLevel({ viewport }: { readonly viewport: Viewport }) {
  const t = useTexts()
  const locale = useLocale()
  const level = useStore(({ transform }) => Math.round(transform[2] * 100))
  const text = new Intl.NumberFormat(locale, { style: 'percent' }).format(level / 100)
  return (
    <Tooltip text={t('canvas.actualSize')} {...shortcutOf('actualSize', t)}>
      <Button
        variant="ghost"
        size="small"
        className={styles['level']}
        aria-label={t('canvas.zoomLevel', { level: text })}
        onClick={viewport.actualSize}
      >
        {text}
      </Button>
    </Tooltip>
  )
}
