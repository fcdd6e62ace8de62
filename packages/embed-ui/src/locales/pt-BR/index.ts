import type { PartialMessages } from '../../messages/messages.js'
import { BUILDER } from './builder.js'
import { CANVAS } from './canvas.js'
import { CONNECTION } from './connection.js'
import { FAILURE } from './failure.js'
import { FILE } from './file.js'
import { GUARDRAIL } from './guardrail.js'
import { HOST } from './host.js'
import { PANEL } from './panel.js'
import { PRESENCE } from './presence.js'
import { PROBLEM } from './problem.js'
import { RUN } from './run.js'
import { RUN_VIEW } from './run-view.js'
import { START } from './start.js'
import { STEP } from './step.js'
import { TEST } from './test.js'
import { UI } from './ui.js'
import { VERSION } from './version.js'
import { WIDGET } from './widget.js'

/** Every text of the widget. */
export const MESSAGES: PartialMessages = {
  ...BUILDER,
  ...CANVAS,
  ...CONNECTION,
  ...FAILURE,
  ...FILE,
  ...GUARDRAIL,
  ...HOST,
  ...PANEL,
  ...PRESENCE,
  ...PROBLEM,
  ...RUN,
  ...RUN_VIEW,
  ...START,
  ...STEP,
  ...TEST,
  ...UI,
  ...VERSION,
  ...WIDGET,
}
