export { ConnectorIcon, type ConnectorIconProps } from './canvas/ConnectorIcon.js'
export { ConnectDialog, type ConnectDialogProps } from './connections/ConnectDialog.js'
export { ConnectionStatusBadge } from './connections/ConnectionStatusBadge.js'
export type { ConnectOptions } from './connections/useConnect.js'
export type {
  ActionSummary,
  Approval,
  ApprovalDecisionRecord,
  Authorization,
  AuthSummary,
  Automation,
  Connection,
  ConnectionStatus,
  ConnectionUsage,
  ConnectorListing,
  ConnectorSummary,
  ConnectorTriggerState,
  DraftState,
  Me,
  Presence,
  Samples,
  StoredTest,
  Template,
  TriggerSample,
  TriggerSummary,
  Version,
  Workflow,
  WorkflowSummary,
} from './data/api-types.js'
export type { BuilderClient, ConnectClient } from './data/client.js'
export { readConnector } from './data/read-connector.js'
export type { Run, RunEvent, RunHistoryItem, RunSummary, StepRun } from './data/run-types.js'
export { type EditorFeatures, FEATURE_NAMES, type FeatureName } from './editor/editor-features.js'
export type { EditorHandle, EditorState } from './editor/editor-handle.js'
export type { EditorPlace } from './editor/editor-place.js'
export { WorkflowEditor, type WorkflowEditorProps } from './editor/WorkflowEditor.js'
export { ObjectForm, type ObjectFormProps } from './forms/ObjectForm.js'
export { useCspNonce } from './host/csp-nonce.js'
export {
  EventHub,
  type InlayEvent,
  type InlayEventData,
  type InlayEventName,
  type InlayListener,
} from './host/events.js'
export {
  ApprovalInbox,
  AutomationList,
  ConnectionManager,
  InlayBuilder,
  InlayWidget,
  type InlayWidgetProps,
  RunHistory,
  TemplateGallery,
} from './host/InlayWidget.js'
export type {
  InlayCallbacks,
  InlayHandle,
  InlayOptions,
  InlaySettings,
  InlayState,
  TokenRequest,
  WidgetHeight,
} from './host/options.js'
export { WIDGETS, type WidgetName } from './host/widgets.js'
export type { LinkTo } from './links/link-context.js'
export type { LinkToOption } from './links/read-link-to.js'
export type { MessageKey, Messages, PartialMessages } from './messages/messages.js'
export { StepNote } from './notes/StepNote.js'
export { RunView, type RunViewProps } from './runs/RunView.js'
export type { HotkeysOption } from './shortcuts/useHotkeys.js'
export { InlayTheme, type InlayThemeProps } from './theme/InlayTheme.js'
export type { Appearance, ColorScheme, TokenName, Tokens } from './theme/tokens.js'
export { type ThemeSettings, useBrandedTheme } from './theme/useBrandedTheme.js'
