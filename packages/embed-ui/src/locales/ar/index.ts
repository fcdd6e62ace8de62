import type { PartialMessages } from '../../messages/messages.js'

/** Every text of the widget. */
export const MESSAGES: PartialMessages = {}
