/** What newer versions of connectors would change for a workflow, and the definition that uses them. */
import { type JsonObject, type TenantScope, type WorkflowDefinition, workflowSchema } from '@inlay/engine'
import { z } from 'zod'
import {
  type ConnectorDirectory,
  compareUse,
  compareVersions,
  type IndexedConnector,
  type VersionChange,
  versionChangeSchema,
} from '../catalog/index.js'
import { type ConnectorUse, connectorUses } from './connector-uses.js'
import { type OutputReads, outputReads } from './output-reads.js'

/**
 * How a pinned version stands. `current`: there is no newer one. `outdated`: there is. `removed`: this deployment no
 * longer has it, and what is published on it fails.
 */
const PIN_STATES = ['current', 'outdated', 'removed'] as const

export const useUpgradeSchema = z.object({
  kind: z.enum(['action', 'trigger']),
  connector: z.string(),
  /** Name of the action or trigger. */
  member: z.string(),
  /** Null for the trigger. */
  stepId: z.string().nullable(),
  /** JSON Pointer in the definition. */
  pointer: z.string(),
  from: z.string(),
  /** The newest release; null when the deployment has the connector no more. */
  to: z.string().nullable(),
  state: z.enum(PIN_STATES),
  /** Why the version in use should no longer be used; null while it should. */
  deprecated: z.string().nullable(),
  changes: z.array(versionChangeSchema),
})
/** One use of a connector, and what the newest version would change for it. */
export type UseUpgrade = z.infer<typeof useUpgradeSchema>

/** Checks every pinned use of a definition against the newest release of its connector. */
export async function checkUpgrades(
  scope: TenantScope,
  directory: ConnectorDirectory,
  definition: WorkflowDefinition,
): Promise<UseUpgrade[]> {
  const reads = outputReads(definition)
  const all = await directory.list(scope)
  const checks = connectorUses(definition).map((use) => checkUse({ scope, directory, all, definition, reads }, use))
  return (await Promise.all(checks)).filter((checked) => checked !== undefined)
}

/** How many of the changes break something. */
export function breakingCount(uses: readonly UseUpgrade[]): number {
  return uses.flatMap(({ changes }) => changes).filter(({ level }) => level === 'breaking').length
}

/** The definition on the newest releases. @param connectors which to upgrade; all when absent */
export function withUpgrades(
  definition: WorkflowDefinition,
  uses: readonly UseUpgrade[],
  connectors?: readonly string[],
): WorkflowDefinition {
  const upgraded = structuredClone(definition)
  const wanted = new Map(uses.map(({ pointer, connector, to }) => [pointer, { connector, to }]))
  for (const { pointer, target } of pinnedPlaces(upgraded)) {
    const { connector, to } = wanted.get(pointer) ?? { connector: '', to: null }
    if (to !== null && (connectors === undefined || connectors.includes(connector))) target.version = to
  }
  return upgraded
}

/**
 * A draft whose uses without a version have the one that they run on: that of the same step, or trigger, of the version
 * that is published.
 */
export function withPublishedPins(
  draft: WorkflowDefinition,
  published: WorkflowDefinition | undefined,
): WorkflowDefinition {
  if (published === undefined) return draft
  const keyOf = ({ kind, stepId, connector }: ConnectorUse): string => JSON.stringify([kind, stepId, connector])
  const pins = new Map(connectorUses(published).map((use) => [keyOf(use), use.version]))
  const pinned = structuredClone(draft)
  const uses = new Map(connectorUses(draft).map((use) => [use.pointer, use]))
  for (const { pointer, target } of pinnedPlaces(pinned)) {
    const use = uses.get(pointer)
    const pin = use === undefined || use.version !== undefined ? undefined : pins.get(keyOf(use))
    if (pin !== undefined) target.version = pin
  }
  return pinned
}

/** The definition as far as it has the shape of one; undefined for a draft that has not. */
export function readDefinition(document: unknown): WorkflowDefinition | undefined {
  const parsed = workflowSchema.safeParse(document)
  return parsed.success ? parsed.data : undefined
}

interface Checking {
  readonly scope: TenantScope
  readonly directory: ConnectorDirectory
  readonly all: readonly IndexedConnector[]
  readonly definition: WorkflowDefinition
  readonly reads: OutputReads
}

async function checkUse(checking: Checking, use: ConnectorUse): Promise<UseUpgrade | undefined> {
  const { scope, directory } = checking
  const { kind, connector, version: from, member, stepId = null, pointer } = use
  // What is pinned to nothing takes the newest when it is published.
  if (from === undefined) return undefined
  const [before, newest] = await Promise.all([directory.find(scope, connector, from), directory.find(scope, connector)])
  // Who has tried a version before its release is not brought back.
  const after = newest !== undefined && compareVersions(newest.version, from) < 0 ? before : newest
  const state = before === undefined ? 'removed' : after?.version === from ? 'current' : 'outdated'
  const changes: VersionChange[] =
    before === undefined || after === undefined ? [] : compareUse({ from: before, to: after }, memberUse(checking, use))
  const entry = checking.all.find(({ id, version }) => id === connector && version === from)
  const deprecated = entry?.deprecated ?? null
  return { kind, connector, member, stepId, pointer, from, to: after?.version ?? null, state, deprecated, changes }
}

function memberUse({ definition, reads }: Checking, use: ConnectorUse) {
  const { kind, member, stepId, connection, pointer } = use
  const target = pinnedPlaces(definition).find((place) => place.pointer === pointer)?.target
  return {
    kind,
    member,
    input: target?.input ?? {},
    hasConnection: connection !== undefined,
    reads: stepId === undefined ? reads.trigger : (reads.steps.get(stepId) ?? []),
  }
}

interface PinnedPlace {
  readonly pointer: string
  /** The step or trigger itself. */
  readonly target: { version?: string; readonly input: JsonObject }
}

/** Steps and trigger themselves, to be read or changed in a copy. */
function pinnedPlaces(definition: WorkflowDefinition): PinnedPlace[] {
  return connectorUses(definition).map(({ pointer }) => ({ pointer, target: targetAt(definition, pointer) }))
}

function targetAt(definition: WorkflowDefinition, pointer: string): PinnedPlace['target'] {
  const keys = pointer.split('/').slice(1)
  const unescaped = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  // The pointer was made of this very definition.
  return unescaped.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], definition) as {
    version?: string
    readonly input: JsonObject
  }
}
