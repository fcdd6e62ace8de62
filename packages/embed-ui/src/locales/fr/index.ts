import type { PartialMessages } from '../../messages/messages.js'
import { BUILDER } from './builder.js'
import { CANVAS } from './canvas.js'
import { UI } from './ui.js'

/** Every text of the widget. */
export const MESSAGES: PartialMessages = {
  ...BUILDER,
  ...CANVAS,
  ...UI,
}
