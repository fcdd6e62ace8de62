export { ConnectorIcon, type ConnectorIconProps } from './canvas/ConnectorIcon.js'
export { ConnectDialog, type ConnectDialogProps } from './connections/ConnectDialog.js'
export { ConnectionStatusBadge } from './connections/ConnectionStatusBadge.js'
export type { ConnectOptions } from './connections/useConnect.js'
export type {
  ActionSummary,
  Approval,
  Authorization,
  AuthSummary,
  Connection,
  ConnectionStatus,
  ConnectorListing,
  ConnectorSummary,
  ConnectorTriggerState,
  DraftState,
  Me,
  Presence,
  Run,
  RunEvent,
  RunSummary,
  Samples,
  StepRun,
  TriggerSample,
  TriggerSummary,
  Version,
  Workflow,
  WorkflowSummary,
} from './data/api-types.js'
export type { BuilderClient, ConnectClient } from './data/client.js'
export { readConnector } from './data/read-connector.js'
export { type EditorFeatures, FEATURE_NAMES, type FeatureName } from './editor/EditorShell.js'
export type { EditorHandle, EditorState } from './editor/editor-handle.js'
export { type EditorPlace, WorkflowEditor, type WorkflowEditorProps } from './editor/WorkflowEditor.js'
export { ObjectForm, type ObjectFormProps } from './forms/ObjectForm.js'
export {
  EventHub,
  type InlayEvent,
  type InlayEventData,
  type InlayEventName,
  type InlayListener,
} from './host/events.js'
export { InlayBuilder, type InlayBuilderProps } from './host/InlayBuilder.js'
export type { InlayHandle, InlayOptions, InlaySettings, InlayState, TokenRequest } from './host/options.js'
export type { MessageKey, Messages, PartialMessages } from './messages/messages.js'
export { RunView, type RunViewProps } from './runs/RunView.js'
export { InlayTheme, type InlayThemeProps } from './theme/InlayTheme.js'
export type { Appearance, ColorScheme, TokenName, Tokens } from './theme/tokens.js'
