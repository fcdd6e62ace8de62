import type { TenantScope } from '@inlay/engine'
import type { CatalogService } from '../catalog/index.js'
import type { ConnectorDetail, OfferedConnector } from '../catalog/schema.js'

/** More would crowd the request out of the model's attention. */
const MOST_CONNECTORS = 8
const MOST_LISTED = 500
/** Words that stand in every description, and names of connectors too. */
const COMMON_WORDS = new Set(['and', 'the', 'with', 'from', 'when', 'then', 'that', 'send', 'new', 'for', 'und', 'les'])
/** Good for what no connector of its own is there for. */
const ALWAYS = 'http'

/** The connectors that a description most likely speaks of, those that customers may not use left out. */
export async function chooseConnectors(
  catalog: Pick<CatalogService, 'list' | 'get'>,
  scope: TenantScope,
  description: string,
): Promise<ConnectorDetail[]> {
  const { data } = await catalog.list(scope, { search: '', limit: MOST_LISTED })
  const words = wordsOf(description)
  const offered = data.filter(({ hidden, availability }) => !hidden && availability === 'enabled')
  const ranked = offered
    .map((connector) => ({ connector, score: scoreOf(connector, words) }))
    .filter(({ connector, score }) => score > 0 || connector.id === ALWAYS)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CONNECTORS)
  return Promise.all(ranked.map(({ connector }) => catalog.get(scope, connector.id)))
}

function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
  return [...new Set(words)].filter((word) => !COMMON_WORDS.has(word))
}

/** A word of the name says most: "Slack" is meant when it is named. */
function scoreOf({ id, name, description }: OfferedConnector, words: readonly string[]): number {
  const called = `${id} ${name}`.toLowerCase()
  const about = description.toLowerCase()
  return words.reduce((sum, word) => sum + (called.includes(word) ? 5 : about.includes(word) ? 1 : 0), 0)
}
