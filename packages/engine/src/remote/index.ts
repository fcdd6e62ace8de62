export {
  type RemoteCall,
  type RemoteCallName,
  type RemotePayload,
  type RemoteProblem,
  type RemoteResult,
  readCall,
  readPayload,
} from './calls.js'
export { REMOTE_PROTOCOL, type RemoteDefinition, remoteDefinitionSchema } from './definition.js'
export { describeConnector } from './describe-connector.js'
export { fileRefsIn } from './remote-action.js'
export { createRemoteConnector } from './remote-connector.js'
export {
  checkSignature,
  REPLAY_WINDOW_MS,
  SIGNATURE_HEADERS,
  type SignatureCheck,
  type SignatureFailure,
  type SignedMessage,
  signedHeaders,
  signMessage,
} from './signature.js'
export {
  createRemoteTransport,
  type RemoteCallOptions,
  type RemoteTransport,
  type RemoteTransportOptions,
} from './transport.js'
