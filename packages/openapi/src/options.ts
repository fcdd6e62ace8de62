import type { ConnectorCategory } from '@inlay/engine'

/** How a document is imported. */
export interface ImportOptions {
  /** Small letters, digits and dashes. @default made from the title */
  readonly id?: string
  /** Semantic version of the connector. @default that of the document when it is one, else `1.0.0` */
  readonly version?: string
  readonly name?: string
  readonly categories?: readonly ConnectorCategory[]
  /** OpenAPI Overlay 1.0 documents, parsed, applied in order. */
  readonly overlays?: readonly unknown[]
  /** Where the document was found: relative addresses of servers belong to it. It is never fetched. */
  readonly documentUrl?: string
  /** Bytes of the document's text. @default 20_000_000 */
  readonly maxBytes?: number
  /** Lists and objects within each other. @default 200 */
  readonly maxDepth?: number
  /** @default 2_000 */
  readonly maxOperations?: number
  /** Milliseconds after which the import gives up. @default 60_000 */
  readonly timeLimitMs?: number
  /** Whether the document is compared with the specification; faults become notes. @default true below 3 MB */
  readonly checkSpecification?: boolean
  /** Unix milliseconds. @default Date.now */
  readonly now?: () => number
}

/** Bounds that hold when options name no others. */
export const IMPORT_LIMITS = {
  maxBytes: 20_000_000,
  maxDepth: 200,
  maxOperations: 2_000,
  timeLimitMs: 60_000,
  specificationBytes: 3_000_000,
} as const
