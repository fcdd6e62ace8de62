import { useStore } from '@xyflow/react'
import { memo, type PointerEvent, useRef } from 'react'
import type { LaidOutNode, Layout } from '../graph/layout.js'
import styles from './FlowCanvas.module.css'
import type { Viewport } from './useViewport.js'

/** The most room that the map takes, in pixels. */
const ROOM = { width: 190, height: 150 } as const
const PAD = 60

/** The whole workflow in small: a click or a drag moves what the canvas shows. For eyes only; the arrows do the same. */
export function Minimap({ layout, viewport }: { readonly layout: Layout; readonly viewport: Viewport }) {
  const svg = useRef<SVGSVGElement>(null)
  const [width, height] = [layout.width + 2 * PAD, layout.height + 2 * PAD]
  const scale = Math.min(ROOM.width / width, ROOM.height / height)
  const go = (event: PointerEvent) => {
    const bounds = svg.current?.getBoundingClientRect()
    if (bounds === undefined || event.buttons !== 1) return
    viewport.centerOn((event.clientX - bounds.left) / scale - PAD, (event.clientY - bounds.top) / scale - PAD)
  }
  return (
    <div className={styles['minimap']} data-inlay-part="minimap" aria-hidden="true">
      <svg
        ref={svg}
        aria-hidden="true"
        width={width * scale}
        height={height * scale}
        viewBox={`${-PAD} ${-PAD} ${width} ${height}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
      >
        <Shapes nodes={layout.nodes} />
        <Window />
      </svg>
    </div>
  )
}

const DRAWN: ReadonlySet<LaidOutNode['kind']> = new Set(['trigger', 'step', 'frame'])

const Shapes = memo(function Shapes({ nodes }: { readonly nodes: readonly LaidOutNode[] }) {
  return nodes
    .filter(({ kind }) => DRAWN.has(kind))
    .map(({ id, kind, x, y, width, height }) => (
      <rect key={id} className={styles['shape']} data-kind={kind} {...{ x, y, width, height }} rx={12} />
    ))
})

/** What the canvas shows now. */
function Window() {
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  return (
    <rect
      className={styles['window']}
      x={-x / zoom}
      y={-y / zoom}
      width={width / zoom}
      height={height / zoom}
      vectorEffect="non-scaling-stroke"
    />
  )
}
