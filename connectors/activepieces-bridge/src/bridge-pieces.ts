import type { Connector } from '@inlay/sdk/connector'
import { createPieceConnector } from './create-piece-connector.js'
import { createPieceHost, type PieceHostOptions } from './host/piece-host.js'
import type { PieceReference } from './host/piece-package.js'

/** A piece that an operator offers. */
export interface BridgedPiece extends PieceReference {
  /** Of the connector. */
  readonly id: string
  /** In which `npm install` ran: all that the piece's process can read. */
  readonly folder: string
}

/** Where a registry finds the connector of a piece. */
export interface PieceEntry {
  readonly id: string
  readonly version: string
  /** Asks the piece what it can do, in its process. @throws StepError as `createPieceConnector` */
  load(): Promise<{ readonly connector: Connector }>
}

/** Pieces that are offered, and the host that runs them. */
export interface BridgedPieces {
  readonly entries: readonly PieceEntry[]
  /** Ends their processes. */
  close(): Promise<void>
}

/**
 * Offers pieces as connectors. No process is started before one of them is asked for.
 *
 * @throws StepError `validation` for a piece that is not installed as it says
 */
export function bridgePieces(
  pieces: readonly BridgedPiece[],
  options: Omit<PieceHostOptions, 'folderOf'> = {},
): BridgedPieces {
  const folders = new Map(pieces.map((piece) => [keyOf(piece), piece.folder]))
  const host = createPieceHost({ ...options, folderOf: (piece) => folders.get(keyOf(piece)) ?? '' })
  // What is not there is found out at the start, by whoever can mend it.
  for (const piece of pieces) host.find(piece)
  return {
    entries: pieces.map(({ id, name, version, integrity }) => ({
      id,
      version,
      load: async () => {
        const piece = { name, version, ...(integrity === undefined ? {} : { integrity }) }
        return { connector: await createPieceConnector({ id, piece, host }) }
      },
    })),
    close: () => host.close(),
  }
}

function keyOf({ name, version }: PieceReference): string {
  return `${name}@${version}`
}
