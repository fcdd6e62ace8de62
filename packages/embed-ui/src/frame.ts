export type { FrameOptions } from './host/frame-element.js'
export { InlayFrame, type InlayFrameProps } from './host/InlayFrame.js'
export type { InlayHandle, InlaySettings, InlayState, TokenRequest, WidgetHeight } from './host/options.js'
export type { WidgetName } from './host/widgets.js'
