import { memo } from 'react'
import { edgePath } from '../graph/edge-path.js'
import type { LaidOutEdge, Layout } from '../graph/layout.js'
import styles from './nodes.module.css'

export interface EdgeLinesProps {
  readonly layout: Layout
  /** Ids of the edges that a run went along. */
  readonly active: ReadonlySet<string>
}

/** All lines of a canvas as two paths: hundreds of elements of their own would have to be painted one by one. */
export const EdgeLines = memo(function EdgeLines({ layout, active }: EdgeLinesProps) {
  const { edges, width, height } = layout
  const path = (isDrawn: (edge: LaidOutEdge) => boolean) =>
    edges.flatMap((edge) => (isDrawn(edge) ? [edgePath(edge.points)] : [])).join('')
  return (
    <svg className={styles['lines']} width={width} height={height} aria-hidden="true">
      <path className={styles['edge']} d={path(({ id }) => !active.has(id))} />
      {/* What a run went along is drawn last, over the lines that share its way. */}
      <path className={styles['edge']} data-active d={path(({ id }) => active.has(id))} />
    </svg>
  )
})
