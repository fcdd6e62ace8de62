/** One start with a catalog, as apps do it; prints times, and memory after a collection of garbage. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TenantId } from '@inlay/engine'
import { createConnectorRegistry, createDisplayFolder } from '@inlay/platform/catalog'

interface Catalog {
  readonly CONNECTORS: Parameters<typeof createConnectorRegistry>[0]
  readonly DISPLAY_FOLDER: URL
}

const [folder = '', size = '0'] = process.argv.slice(2)
const scope = { tenantId: 'ten_1' as TenantId }
const before = measure()
const started = performance.now()
// What `pnpm generate` writes has this shape.
const catalog = (await import(pathToFileURL(join(folder, `catalog-${size}/catalog.mjs`)).href)) as Catalog
const registry = createConnectorRegistry(catalog.CONNECTORS)
const directory = createDisplayFolder(catalog.DISPLAY_FOLDER)
const ready = performance.now()
const atStart = measure()
const listing = performance.now()
const count = (await directory.list(scope)).length
const listed = performance.now()
const afterList = measure()
const loading = performance.now()
const connector = await registry.load('service-1')
const loaded = performance.now()
const afterLoad = measure()
if (count !== Number(size) || connector === undefined) throw new Error(`The catalog gave ${count} connectors.`)

process.stdout.write(
  JSON.stringify({
    startMs: ready - started,
    startRss: atStart.rss,
    startHeap: atStart.heapUsed - before.heapUsed,
    listMs: listed - listing,
    listRss: afterList.rss,
    loadMs: loaded - loading,
    loadRss: afterLoad.rss,
  }),
)

function measure(): NodeJS.MemoryUsage {
  globalThis.gc?.()
  return process.memoryUsage()
}
