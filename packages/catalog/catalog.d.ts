/** How a connector is found without loading it. */
export interface CatalogEntry {
  readonly id: string
  readonly version: string
  /** Imports the connector's package, which exports `connector`. */
  load(): Promise<unknown>
}

/** The connectors of this deployment. None is loaded before `load` is called. */
export declare const CONNECTORS: readonly CatalogEntry[]

/** Where the JSON lies that the connectors show of themselves, one file per version. */
export declare const DISPLAY_FOLDER: URL
