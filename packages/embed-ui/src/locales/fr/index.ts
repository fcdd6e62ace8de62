import type { PartialMessages } from '../../messages/messages.js'
import { BUILDER } from './builder.js'
import { CANVAS } from './canvas.js'
import { CONNECTION } from './connection.js'
import { PANEL } from './panel.js'
import { PRESENCE } from './presence.js'
import { TEST } from './test.js'
import { UI } from './ui.js'
import { VERSION } from './version.js'

/** Every text of the widget. */
export const MESSAGES: PartialMessages = {
  ...BUILDER,
  ...CANVAS,
  ...CONNECTION,
  ...PANEL,
  ...PRESENCE,
  ...TEST,
  ...UI,
  ...VERSION,
}
