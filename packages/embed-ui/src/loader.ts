export type { InlayEvent, InlayEventData, InlayEventName, InlayListener } from './host/events.js'
export type { FrameOptions } from './host/frame-element.js'
export { mount } from './host/mount.js'
export type { InlayHandle, InlaySettings, InlayState, TokenRequest } from './host/options.js'
