import { createContext, useContext } from 'react'
import type { Connection, ConnectorSummary, Samples, Workflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import type { Offer } from '../data/guardrails.js'

/** What every part of an editor may use of the server. */
export interface EditorServices {
  readonly client: BuilderClient
  /** Those that the workflow uses; others are in the catalog. */
  readonly connectors: readonly ConnectorSummary[]
  /** All about a connector of the catalog. @throws what the client throws */
  readonly loadConnector: (id: string) => Promise<ConnectorSummary>
  /** The vendor's name. */
  readonly product: string
  /** The customer's name, where the widget is a customer's. */
  readonly customer: string | undefined
  readonly workflow: Workflow
  readonly samples: Samples | undefined
  readonly connections: readonly Connection[]
  /** Reads connections again after one was made. */
  readonly reloadConnections: () => Promise<unknown>
  /** Whether one of the vendor's people looks at it. */
  readonly isMember: boolean
  /** Bytes of a file that may be uploaded; null where no files are kept. */
  readonly maxFileBytes: number | null
  readonly can: (permission: string) => boolean
  readonly isReadOnly: boolean
  /** What is offered here. @default everything */
  readonly offer?: Offer
}

const EditorContext = createContext<EditorServices | undefined>(undefined)

/** Gives its children the server's part of an editor. */
export const EditorProvider = EditorContext.Provider

/** The server's part of the editor around. @throws Error outside an editor */
export function useEditor(): EditorServices {
  const services = useContext(EditorContext)
  if (services === undefined) throw new Error('This component works inside <WorkflowEditor> only.')
  return services
}

/** The server's part of the editor around; undefined where a workflow is only looked at. */
export function useEditorAround(): EditorServices | undefined {
  return useContext(EditorContext)
}
