export { type BridgedPiece, type BridgedPieces, bridgePieces, type PieceEntry } from './bridge-pieces.js'
export { createPieceConnector, type PieceConnectorOptions } from './create-piece-connector.js'
export { createPieceHost, type PieceHost, type PieceHostOptions } from './host/piece-host.js'
export type { InstalledPiece, PieceReference } from './host/piece-package.js'
