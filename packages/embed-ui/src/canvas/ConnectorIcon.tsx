import type { Step, Trigger } from '@inlay/engine'
import { Boxes } from 'lucide-react'
import type { ConnectorSummary } from '../data/api-types.js'
import { type LogicKind, logicKind } from '../document/step-types.js'
import styles from './ConnectorIcon.module.css'
import { LOGIC_ICONS, logicFamily, type NodeFamily, TRIGGER_ICONS } from './step-looks.js'

interface TileProps {
  readonly family: NodeFamily
  /** In pixels. @default 34 */
  readonly size?: number
  readonly children: React.ReactNode
}

function Tile({ family, size = 34, children }: TileProps) {
  return (
    <span className={styles['tile']} data-family={family} style={{ width: size, height: size }} aria-hidden="true">
      {children}
    </span>
  )
}

/**
 * A connector's icon. Its SVG comes from a package, so it is only ever used as an image: scripts in it cannot run.
 * Drawings in `currentColor` take the tile's colour.
 */
export function ConnectorIcon({ connector, size = 34 }: { connector: ConnectorSummary | undefined; size?: number }) {
  const icon = connector?.icon ?? null
  const inner = Math.round(size * 0.56)
  const box = { width: inner, height: inner }
  if (icon === null) {
    return (
      <Tile family="action" size={size}>
        <Boxes size={inner} />
      </Tile>
    )
  }
  const url = `data:image/svg+xml,${encodeURIComponent(icon)}`
  return (
    <Tile family="action" size={size}>
      {icon.includes('currentColor') ? (
        <span className={styles['mask']} style={{ ...box, maskImage: `url("${url}")` }} />
      ) : (
        <img src={url} alt="" style={box} />
      )}
    </Tile>
  )
}

export interface StepIconProps {
  readonly step: Step
  readonly connectors: readonly ConnectorSummary[]
  readonly size?: number
}

/** The icon of a step. */
export function StepIcon({ step, connectors, size = 34 }: StepIconProps) {
  if (step.type === 'action') {
    return <ConnectorIcon connector={connectors.find(({ id }) => id === step.connector)} size={size} />
  }
  return <LogicIcon kind={logicKind(step)} size={size} />
}

/** The icon of a step that steers the run. */
export function LogicIcon({ kind, size = 34 }: { readonly kind: LogicKind; readonly size?: number }) {
  const Icon = LOGIC_ICONS[kind]
  return (
    <Tile family={logicFamily(kind)} size={size}>
      <Icon size={Math.round(size * 0.5)} />
    </Tile>
  )
}

/** The icon of a trigger. */
export function TriggerIcon({ type, size = 34 }: { readonly type: Trigger['type']; readonly size?: number }) {
  const Icon = TRIGGER_ICONS[type] ?? TRIGGER_ICONS.manual
  return (
    <Tile family="trigger" size={size}>
      <Icon size={Math.round(size * 0.5)} />
    </Tile>
  )
}
