import type { EngineScenario } from './engine-scenario.js'
import { actionCallback } from './rules/action-callback.js'
import { actionCallbackInTime } from './rules/action-callback-in-time.js'
import { actionCalledBackAtOnce } from './rules/action-called-back-at-once.js'
import { actionPolls } from './rules/action-polls.js'
import { approval } from './rules/approval.js'
import { callback } from './rules/callback.js'
import { callbackTimeOut } from './rules/callback-time-out.js'
import { cancelASuspendedAction } from './rules/cancel-a-suspended-action.js'
import { cancelCase } from './rules/cancel-case.js'
import { cancelRegion } from './rules/cancel-region.js'
import { cancelTask } from './rules/cancel-task.js'
import { childFailure } from './rules/child-failure.js'
import { compensation } from './rules/compensation.js'
import { compensationFails } from './rules/compensation-fails.js'
import { compensationOnCancel } from './rules/compensation-on-cancel.js'
import { continueRule } from './rules/continue.js'
import { crashBeforeTheEnd } from './rules/crash-before-the-end.js'
import { crashBetweenSteps } from './rules/crash-between-steps.js'
import { crashInASuspendedAction } from './rules/crash-in-a-suspended-action.js'
import { crashInCompensation } from './rules/crash-in-compensation.js'
import { crashWhileWaiting } from './rules/crash-while-waiting.js'
import { crashWithChildren } from './rules/crash-with-children.js'
import { deferredChoice } from './rules/deferred-choice.js'
import { discriminator } from './rules/discriminator.js'
import { eventCorrelation } from './rules/event-correlation.js'
import { eventOnce } from './rules/event-once.js'
import { eventTimeOut } from './rules/event-time-out.js'
import { exclusiveChoice } from './rules/exclusive-choice.js'
import { exclusiveChoiceElse } from './rules/exclusive-choice-else.js'
import { explicitTermination } from './rules/explicit-termination.js'
import { fallback } from './rules/fallback.js'
import { implicitTermination } from './rules/implicit-termination.js'
import { instancesKnownAtDesignTime } from './rules/instances-known-at-design-time.js'
import { instancesKnownAtRunTime } from './rules/instances-known-at-run-time.js'
import { instancesWithoutWaiting } from './rules/instances-without-waiting.js'
import { itemErrorEndsLoop } from './rules/item-error-ends-loop.js'
import { itemErrorsCollected } from './rules/item-errors-collected.js'
import { itemErrorsSkipped } from './rules/item-errors-skipped.js'
import { loopLimit } from './rules/loop-limit.js'
import { multiChoice } from './rules/multi-choice.js'
import { parallelSplit } from './rules/parallel-split.js'
import { persistentTrigger } from './rules/persistent-trigger.js'
import { recursion } from './rules/recursion.js'
import { redrive } from './rules/redrive.js'
import { retry } from './rules/retry.js'
import { retryNotUseful } from './rules/retry-not-useful.js'
import { retryUsedUp } from './rules/retry-used-up.js'
import { sequence } from './rules/sequence.js'
import { splitIsSticky } from './rules/split-is-sticky.js'
import { structuredLoop } from './rules/structured-loop.js'
import { suspendAndResume } from './rules/suspend-and-resume.js'
import { tryCatch } from './rules/try-catch.js'
import { tryFinallyOnCancel } from './rules/try-finally-on-cancel.js'
import { wait } from './rules/wait.js'

/** Every rule of the engine. One is added as a file beside the others and a line here. */
export const engineScenarios: readonly EngineScenario[] = [
  sequence,
  parallelSplit,
  exclusiveChoice,
  exclusiveChoiceElse,
  multiChoice,
  discriminator,
  cancelRegion,
  deferredChoice,
  implicitTermination,
  explicitTermination,
  instancesKnownAtRunTime,
  instancesWithoutWaiting,
  instancesKnownAtDesignTime,
  structuredLoop,
  loopLimit,
  recursion,
  persistentTrigger,
  eventCorrelation,
  eventOnce,
  eventTimeOut,
  approval,
  callback,
  callbackTimeOut,
  wait,
  actionCallback,
  actionCalledBackAtOnce,
  actionCallbackInTime,
  actionPolls,
  cancelCase,
  cancelTask,
  retry,
  retryUsedUp,
  retryNotUseful,
  continueRule,
  fallback,
  tryCatch,
  tryFinallyOnCancel,
  itemErrorsSkipped,
  itemErrorsCollected,
  itemErrorEndsLoop,
  splitIsSticky,
  childFailure,
  compensation,
  compensationOnCancel,
  compensationFails,
  suspendAndResume,
  redrive,
  crashBetweenSteps,
  crashBeforeTheEnd,
  crashWhileWaiting,
  crashInCompensation,
  crashWithChildren,
  crashInASuspendedAction,
  cancelASuspendedAction,
]
