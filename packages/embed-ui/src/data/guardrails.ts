import type { StepType } from '@inlay/engine'
import type { LogicKind } from '../document/step-types.js'

/** What the vendor offers to this customer. The server holds to it; here it is only not shown. */
export interface Guardrails {
  /** Null: all. */
  readonly stepTypes: readonly StepType[] | null
  readonly maxSteps: number | null
  readonly maxWorkflows: number | null
  readonly allowCode: boolean
  readonly connectors: { readonly allow?: readonly string[] | undefined; readonly deny?: readonly string[] | undefined }
  /** Workflows are made of templates only. */
  readonly templatesOnly: boolean
  readonly minScheduleMinutes: number | null
}

/** Null, or none: everything is offered. */
export type Offer = Guardrails | null | undefined

/** Whether an app is offered. */
export function isAppOffered(offer: Offer, id: string): boolean {
  const { allow, deny } = offer?.connectors ?? {}
  return (allow === undefined || allow.includes(id)) && deny?.includes(id) !== true
}

/** Whether steps that steer the run are offered, by kind. */
export function isKindOffered(offer: Offer, kind: LogicKind): boolean {
  return isTypeOffered(offer, WAITS.has(kind) ? 'wait' : (kind as StepType))
}

/** What is waited for is told apart in the menu alone; the rest of the kinds are types of steps. */
const WAITS: ReadonlySet<LogicKind> = new Set(['wait', 'waitUntil', 'waitEvent', 'approval', 'callback'])

/** Whether steps of a type are offered. */
function isTypeOffered(offer: Offer, type: StepType): boolean {
  if (offer === null || offer === undefined) return true
  if (type === 'code' && !offer.allowCode) return false
  return offer.stepTypes === null || offer.stepTypes.includes(type)
}

/** Whether a menu of apps or steps lacks some. */
export function holdsBack(offer: Offer, kind: 'action' | 'trigger'): boolean {
  if (offer === null || offer === undefined) return false
  const { allow, deny = [] } = offer.connectors
  const lacksApps = allow !== undefined || deny.length > 0
  return lacksApps || (kind === 'action' && (offer.stepTypes !== null || !offer.allowCode))
}
