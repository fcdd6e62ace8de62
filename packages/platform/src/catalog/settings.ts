/** What a tenant makes of the connectors of its deployment. */
import { z } from 'zod'

/**
 * Whether a connector can be used. `disabled`: not in anything new, while versions that are published go on. `blocked`:
 * its calls are refused, also those of versions that are published.
 */
export const AVAILABILITIES = ['enabled', 'disabled', 'blocked'] as const
/** One of `AVAILABILITIES`. */
export type Availability = (typeof AVAILABILITIES)[number]

const MAX_ICON_CHARACTERS = 20_000

/** A tenant's settings of one connector. */
export const connectorSettingsSchema = z.object({
  /** Null: as the tenant has it for new connectors. */
  availability: z.enum(AVAILABILITIES).nullable(),
  /** Left out of lists that customers choose from; what uses it goes on, and can be changed. */
  hidden: z.boolean(),
  /** Null: the connector's own. */
  name: z.string().trim().min(1).max(100).nullable(),
  description: z.string().trim().min(1).max(500).nullable(),
  /** An inline SVG document. Builders only ever use it as an image. */
  icon: z.string().startsWith('<svg', 'must be an inline SVG document').max(MAX_ICON_CHARACTERS).nullable(),
})
/** A tenant's settings of one connector. */
export type ConnectorSettings = z.infer<typeof connectorSettingsSchema>

/** What holds for a connector that nothing was set for. */
const NO_SETTINGS: ConnectorSettings = {
  availability: null,
  hidden: false,
  name: null,
  description: null,
  icon: null,
}

/** All settings of a tenant. */
export interface TenantCatalog {
  /** What holds for connectors without settings of their own, such as those that a new release of the deployment brings. */
  readonly newConnectors: 'enabled' | 'disabled'
  readonly connectors: ReadonlyMap<string, ConnectorSettings>
}

/** The settings of a connector, as far as there are any. */
export function settingsOf({ connectors }: TenantCatalog, id: string): ConnectorSettings {
  return connectors.get(id) ?? NO_SETTINGS
}

/** Whether a tenant can use a connector. */
export function availabilityOf(catalog: TenantCatalog, id: string): Availability {
  return settingsOf(catalog, id).availability ?? catalog.newConnectors
}

/** What is shown of a connector, in the tenant's words where it has its own. */
export function presented<T extends { readonly id: string; name: string; description: string; icon: string | null }>(
  catalog: TenantCatalog,
  connector: T,
): T & { availability: Availability; hidden: boolean } {
  const { name, description, icon, hidden } = settingsOf(catalog, connector.id)
  return {
    ...connector,
    name: name ?? connector.name,
    description: description ?? connector.description,
    icon: icon ?? connector.icon,
    availability: availabilityOf(catalog, connector.id),
    hidden,
  }
}
