export type {
  ActionSummary,
  Approval,
  Connection,
  ConnectorSummary,
  Me,
  Run,
  RunEvent,
  RunSummary,
  Samples,
  StepRun,
  Version,
  Workflow,
  WorkflowSummary,
} from './data/api-types.js'
export type { BuilderClient } from './data/client.js'
export { type EditorFeatures, FEATURE_NAMES, type FeatureName } from './editor/EditorShell.js'
export type { EditorHandle, EditorState } from './editor/editor-handle.js'
export { type EditorPlace, WorkflowEditor, type WorkflowEditorProps } from './editor/WorkflowEditor.js'
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
