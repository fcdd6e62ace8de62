import { BUILDER_MESSAGES } from './builder-messages.js'
import { CANVAS_MESSAGES } from './canvas-messages.js'
import { CONNECTION_MESSAGES } from './connection-messages.js'
import { FAILURE_MESSAGES } from './failure-messages.js'
import { FILE_MESSAGES } from './file-messages.js'
import type { Message } from './format.js'
import { GUARDRAIL_MESSAGES } from './guardrail-messages.js'
import { HOST_MESSAGES } from './host-messages.js'
import { PANEL_MESSAGES } from './panel-messages.js'
import { PRESENCE_MESSAGES } from './presence-messages.js'
import { PROBLEM_MESSAGES } from './problem-messages.js'
import { RUN_MESSAGES } from './run-messages.js'
import { RUN_VIEW_MESSAGES } from './run-view-messages.js'
import { START_MESSAGES } from './start-messages.js'
import { STEP_MESSAGES } from './step-messages.js'
import { TEST_MESSAGES } from './test-messages.js'
import { UI_MESSAGES } from './ui-messages.js'
import { VERSION_MESSAGES } from './version-messages.js'
import { WIDGET_MESSAGES } from './widget-messages.js'

/** Every text of the widget in English. Keys are stable; hosts override single ones. */
export const ENGLISH = {
  ...UI_MESSAGES,
  ...BUILDER_MESSAGES,
  ...CANVAS_MESSAGES,
  ...PANEL_MESSAGES,
  ...CONNECTION_MESSAGES,
  ...PRESENCE_MESSAGES,
  ...VERSION_MESSAGES,
  ...TEST_MESSAGES,
  ...FAILURE_MESSAGES,
  ...FILE_MESSAGES,
  ...STEP_MESSAGES,
  ...RUN_MESSAGES,
  ...RUN_VIEW_MESSAGES,
  ...HOST_MESSAGES,
  ...WIDGET_MESSAGES,
  ...START_MESSAGES,
  ...GUARDRAIL_MESSAGES,
  ...PROBLEM_MESSAGES,
} as const

export type MessageKey = keyof typeof ENGLISH
export type Messages = Readonly<Record<MessageKey, Message>>
export type PartialMessages = Partial<Messages>

/** Texts with a host's own in place. Unknown keys are left out. @param base the texts of the language */
export function mergeMessages(overrides: PartialMessages = {}, base: Messages = ENGLISH): Messages {
  const known = Object.entries(overrides).filter(([key]) => key in ENGLISH)
  return { ...base, ...Object.fromEntries(known) }
}
