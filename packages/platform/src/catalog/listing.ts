/** What lists of connectors show: enough to choose by, and nothing that grows with forms and samples. */
import { CONNECTOR_CATEGORIES } from '@inlay/engine'
import { z } from 'zod'

/** An action or trigger by name. */
export const memberNameSchema = z.object({ kind: z.enum(['action', 'trigger']), id: z.string(), name: z.string() })
/** An action or trigger by name. */
export type MemberName = z.infer<typeof memberNameSchema>

/** One version of a connector in a list. */
export const connectorListingSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  description: z.string(),
  /** An inline SVG document. */
  icon: z.string().nullable(),
  color: z.string().nullable(),
  categories: z.array(z.enum(CONNECTOR_CATEGORIES)),
  connection: z.enum(['required', 'optional', 'none']),
  counts: z.object({ actions: z.number(), triggers: z.number() }),
  /** Why this version should no longer be used, and what to use instead; null while it should. */
  deprecated: z.string().nullable(),
})
/** One version of a connector in a list. */
export type ConnectorListing = z.infer<typeof connectorListingSchema>

/** A listing as directories keep it: with the names that people search for. */
export const indexedConnectorSchema = connectorListingSchema.extend({ members: z.array(memberNameSchema) })
/** A listing as directories keep it: with the names that people search for. */
export type IndexedConnector = z.infer<typeof indexedConnectorSchema>

/** What somebody looks for. */
export interface ListingQuery {
  /** Words that all have to occur in names or descriptions; empty finds everything. */
  readonly search: string
  readonly category?: string | undefined
}

/** Members that are told of one connector. */
const MOST_MATCHES = 5

/** A text without case and accents: as `holdsText` of the database has it, for connectors are not kept there. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
}

/** The members whose own names were looked for; undefined when the connector is not what was looked for. */
export function matchListing(
  { name, description, id, categories, members }: IndexedConnector,
  { search, category }: ListingQuery,
): MemberName[] | undefined {
  if (category !== undefined && !categories.some((own) => own === category)) return undefined
  const words = folded(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const about = folded(`${name} ${id} ${description} ${categories.join(' ')}`)
  // The connector's name may be among the words: "slack message".
  const isAbout = (word: string): boolean => about.includes(word)
  const found = members.filter((member) => {
    const own = folded(member.name)
    return words.some((word) => own.includes(word)) && words.every((word) => isAbout(word) || own.includes(word))
  })
  return found.length > 0 || words.every(isAbout) ? found.slice(0, MOST_MATCHES) : undefined
}
