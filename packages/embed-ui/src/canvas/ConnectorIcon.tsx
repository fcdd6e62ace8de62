import type { Step, Trigger } from '@inlay/engine'
import { Boxes } from 'lucide-react'
import type { ConnectorSummary } from '../data/api-types.js'
import { type LogicKind, logicKind } from '../document/step-types.js'
import { hexColor, readableOn } from './brand-color.js'
import styles from './ConnectorIcon.module.css'
import { findTrigger, LOGIC_ICONS, logicFamily, type NodeFamily, TRIGGER_ICONS } from './step-looks.js'

interface TileProps {
  readonly family: NodeFamily
  /** In pixels. @default 34 */
  readonly size?: number
  /** The service's own colour, in place of the family's. */
  readonly brand?: string | undefined
  readonly children: React.ReactNode
}

function Tile({ family, size = 34, brand, children }: TileProps) {
  const box = { width: size, height: size }
  const style = brand === undefined ? box : { ...box, background: brand, color: readableOn(brand) }
  return (
    <span className={styles['tile']} data-family={family} style={style} aria-hidden="true">
      {children}
    </span>
  )
}

export interface ConnectorIconProps {
  readonly connector: Pick<ConnectorSummary, 'icon' | 'color'> | undefined
  /** In pixels. @default 34 */
  readonly size?: number
}

/**
 * A connector's icon. Its SVG comes from a package, so it is only ever used as an image: scripts in it cannot run.
 * Drawings in `currentColor` stand on the service's colour; others bring their own.
 */
export function ConnectorIcon({ connector, size = 34 }: ConnectorIconProps) {
  const icon = connector?.icon ?? null
  const brand = connector === undefined ? undefined : (hexColor(connector.color) ?? undefined)
  const inner = Math.round(size * 0.56)
  const box = { width: inner, height: inner }
  if (icon === null) {
    return (
      <Tile family="action" size={size} brand={brand}>
        <Boxes size={inner} />
      </Tile>
    )
  }
  const url = `data:image/svg+xml,${encodeURIComponent(icon)}`
  const isDrawing = icon.includes('currentColor')
  return (
    <Tile family="action" size={size} brand={isDrawing ? brand : undefined}>
      {isDrawing ? (
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

export interface TriggerIconProps {
  readonly trigger: Trigger
  readonly connectors: readonly ConnectorSummary[]
  /** In pixels. @default 34 */
  readonly size?: number
}

/** The icon of a trigger: its service's, or its kind's. */
export function TriggerIcon({ trigger, connectors, size = 34 }: TriggerIconProps) {
  const { connector } = findTrigger(trigger, connectors)
  return connector === undefined ? (
    <TriggerKindIcon type={trigger.type} size={size} />
  ) : (
    <ConnectorIcon connector={connector} size={size} />
  )
}

/** The icon of a kind of trigger. */
export function TriggerKindIcon({ type, size = 34 }: { readonly type: Trigger['type']; readonly size?: number }) {
  const Icon = TRIGGER_ICONS[type]
  return (
    <Tile family="trigger" size={size}>
      <Icon size={Math.round(size * 0.5)} />
    </Tile>
  )
}
