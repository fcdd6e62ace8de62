/** The pages of `docs/connectors`. */
import { type ConnectorSummary, newestVersion } from '@inlay/platform/catalog'
import type { GeneratedFiles } from './catalog-files.js'
import type { DescribedConnector } from './connector-packages.js'
import { connectorPage, indexPage } from './connector-page.js'

/** Everything below is generated. */
export const DOCS_FOLDER = 'docs/connectors'

/** A page per connector and version, and one that leads to them. */
export function docsFiles(connectors: readonly DescribedConnector[]): GeneratedFiles {
  const all = connectors.map(({ summary }) => summary).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  const isNewest = ({ id, version }: ConnectorSummary): boolean =>
    version === newestVersion(all.filter((other) => other.id === id).map((other) => other.version))
  const fileOf = (summary: ConnectorSummary): string =>
    isNewest(summary) ? `${summary.id}.md` : `${summary.id}@${summary.version}.md`
  return new Map([
    [`${DOCS_FOLDER}/README.md`, indexPage(all, fileOf)],
    ...all.map((summary): [string, string] => [`${DOCS_FOLDER}/${fileOf(summary)}`, connectorPage(summary)]),
  ])
}
