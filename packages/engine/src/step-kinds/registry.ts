import type { StepType } from '../contracts/workflow.js'
import { actionKind } from './action/action.js'
import { branchKind } from './branch/branch.js'
import { callKind } from './call/call.js'
import { codeKind } from './code/code.js'
import { forEachKind } from './for-each/for-each.js'
import { parallelKind } from './parallel/parallel.js'
import { publishKind } from './publish/publish.js'
import { respondKind } from './respond/respond.js'
import { setKind } from './set/set.js'
import { splitKind } from './split/split.js'
import type { StepKind } from './step-kind.js'
import { stopKind } from './stop/stop.js'
import { tryKind } from './try/try.js'
import { waitKind } from './wait/wait.js'
import { whileKind } from './while/while.js'

type Registry = { readonly [T in StepType]: StepKind<T> }

/** Every step type there is. A new one is a folder beside these, its type in `contracts/workflow.ts`, and a line here. */
export const STEP_KINDS: Registry = {
  action: actionKind,
  set: setKind,
  branch: branchKind,
  parallel: parallelKind,
  forEach: forEachKind,
  while: whileKind,
  wait: waitKind,
  call: callKind,
  code: codeKind,
  publish: publishKind,
  respond: respondKind,
  split: splitKind,
  try: tryKind,
  stop: stopKind,
}
