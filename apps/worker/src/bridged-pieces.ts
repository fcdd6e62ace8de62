import type { BridgedPieces } from '@inlay/connector-activepieces-bridge'
import type { BridgedPieceConfig } from '@inlay/platform/config'

const NO_PIECES: BridgedPieces = { entries: [], close: async () => undefined }

/** Offers the operator's pieces as connectors; the bridge is loaded when there are any. */
export async function openBridgedPieces(pieces: readonly BridgedPieceConfig[]): Promise<BridgedPieces> {
  if (pieces.length === 0) return NO_PIECES
  const { bridgePieces } = await import('@inlay/connector-activepieces-bridge')
  return bridgePieces(pieces)
}
