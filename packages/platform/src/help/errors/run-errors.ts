import type { ErrorKind } from '@inlay/engine'
import type { ErrorArea, ErrorHelp } from './error-help.js'

/** Why a step fails, wherever the API tells of it as the answer to a request. */
const STEP_ERRORS = {
  'step.validation': {
    status: [422],
    what: 'The step was given something that it cannot use.',
    why: 'A field is missing or has the wrong kind, often because an earlier step gave something else than expected.',
    fix: 'Look at the input of the step and mend the field that `detail` names.',
  },
  'step.expression': {
    status: [422],
    what: 'An expression could not be computed.',
    why: 'It reads something that is not there, or needs too much time or memory.',
    fix: 'Open the field in the builder, where the expression is shown with real data. `?.` and `??` help with what may be missing.',
  },
  'step.authentication': {
    status: [422],
    what: 'The service did not accept the account.',
    why: 'The credentials have expired, were revoked or changed.',
    fix: 'Connect the account again, then redrive the run.',
  },
  'step.authorization': {
    status: [422],
    what: 'The account may not do this.',
    why: 'The service refused it, or the connection lacks a scope.',
    fix: 'Use an account with that right, or connect it again and allow what it asks for.',
  },
  'step.timeout': {
    status: [422],
    what: 'The service took too long.',
    why: 'No answer came within the step’s time-out; whether it did its work is not known.',
    fix: 'Try again, or raise the time-out of the step.',
  },
  'step.rate_limited': {
    status: [422],
    what: 'The service wants fewer calls.',
    why: 'Its limit, or the limit that keeps within it, was reached.',
    fix: 'Wait, and let the step retry; spread large amounts over time.',
  },
  'step.communication': {
    status: [422],
    what: 'The service could not be reached, or failed itself.',
    why: 'Its network or server has a problem.',
    fix: 'Try again later. A step with retries does so by itself.',
  },
  'step.rejected': {
    status: [422],
    what: 'The service refused the request.',
    why: 'It understood it and will refuse it again.',
    fix: 'Mend what `detail` quotes of its answer.',
  },
  'step.limit': {
    status: [422],
    what: 'A limit was reached.',
    why: 'Size, number of steps, loops and times are bounded; `detail` names the bound.',
    fix: 'Do less in one run: filter earlier, or split the work.',
  },
  'step.cancelled': {
    status: [422],
    what: 'The step was cancelled.',
    why: 'Its run was cancelled, or nobody waited for it any more.',
    fix: 'Start it again if it is still wanted.',
  },
  'step.bug': {
    status: [422],
    what: 'The connector failed in a way that nobody has foreseen.',
    why: 'It threw an error that it does not describe.',
    fix: 'Report it to who makes the connector, with the id of the run.',
  },
} as const satisfies Record<`step.${ErrorKind}`, ErrorHelp>

/** Of runs, and of what starts, answers and decides them. */
export const RUN_ERRORS = {
  'run.not_found': {
    status: [404],
    what: 'There is no such run.',
    why: 'Its retention is over, or it belongs to another customer or tenant than the credentials do.',
    fix: 'List the runs with the same credentials, and use an id of that list.',
  },
  'run.failed': {
    status: [500],
    what: 'The automation failed before it answered.',
    why: 'The workflow behind a webhook answers its caller itself, and a step before that failed.',
    fix: 'Look at the run that `runId` names: it says which step failed, and why.',
  },
  'run.has_ended': {
    status: [409],
    what: 'The run has ended.',
    why: 'Only a run that has not ended can be suspended.',
    fix: 'Start it again with rerun, or go on after a failure with redrive.',
  },
  'run.not_ended': {
    status: [409],
    what: 'The run has not ended.',
    why: 'A redrive takes up a run that has failed or was cancelled.',
    fix: 'Wait for its end, or cancel it first.',
  },
  'run.succeeded': {
    status: [409],
    what: 'The run has succeeded: nothing is left to do.',
    why: 'A redrive goes on where a run failed.',
    fix: 'Use rerun to do all of it again, or fork to begin at a step.',
  },
  'run.not_suspended': {
    status: [409],
    what: 'The run is not suspended.',
    why: 'Only a suspended run can be resumed.',
    fix: 'Read the run: it may have gone on or ended already.',
  },
  'run.version_gone': {
    status: [409],
    what: 'The workflow that the run belongs to was deleted.',
    why: 'What it would execute is not there any more.',
    fix: 'Make the workflow again and start a new run.',
  },
  'run.not_executable': {
    status: [422],
    what: 'The version of the run cannot be executed any more.',
    why: 'It does not compile, for example because a connector version is gone.',
    fix: 'Publish a version that compiles, and rerun with `"version": "latest"`.',
  },
  'run.unknown_step': {
    status: [400],
    what: 'The version that ran has no such step.',
    why: 'The id is misspelled, or is of another version.',
    fix: 'Use one of the steps that `detail` names.',
  },
  'run.fork_changed': {
    status: [409],
    what: 'The newest version is not the same up to the step.',
    why: 'A fork takes over what the steps before it gave. Those that were changed, put in or taken out since would have given something else.',
    fix: 'Fork with the version that ran, or run all of the newest one again with `rerun`.',
  },
  'run.step_in_loop': {
    status: [400],
    what: 'A run cannot be forked from inside a loop.',
    why: 'The step was executed many times; one of them alone cannot be the beginning.',
    fix: 'Fork from the loop, or from a step outside it.',
  },
  'run.output_not_found': {
    status: [404],
    what: 'The step has given nothing.',
    why: 'It has not succeeded yet, was skipped, or the path names another iteration.',
    fix: 'Read the steps of the run for what has succeeded.',
  },
  'run.output_gone': {
    status: [404],
    what: 'The output of the step is no longer kept.',
    why: 'It was larger than the journal holds, and its time in the store is over.',
    fix: 'Run it again, or keep large results in a store of your own.',
  },
  ...STEP_ERRORS,
  'hook.not_found': {
    status: [404],
    what: 'There is no active webhook at this address.',
    why: 'The address is misspelled, or its workflow is not published, switched off or deleted.',
    fix: 'Copy the address from the workflow’s trigger again, and check that it is published and switched on.',
  },
  'hook.refused': {
    status: [401],
    what: 'The request is not signed as it has to be.',
    why: 'The signature is missing, is too old, or was made with another secret.',
    fix: 'Set the same secret on both sides, and pass the body on unchanged through proxies.',
  },
  'approval.not_found': {
    status: [404],
    what: 'There is no such open approval.',
    why: 'It was decided, its run has ended, or it belongs to another customer.',
    fix: 'List the open approvals.',
  },
  'approval.not_assigned': {
    status: [403],
    what: 'Somebody else is asked for this decision.',
    why: 'The approval names its assignees.',
    fix: 'Let one of them decide, or change the assignees of the step for coming runs.',
  },
  'approval.already_decided': {
    status: [409],
    what: 'This was decided before; the first decision stands.',
    why: 'Somebody else was faster, or the link was used twice.',
    fix: 'Look at the run for what was decided.',
  },
  'approval.link_only': {
    status: [409],
    what: 'This approval can be decided by its link only.',
    why: 'It was opened under a master key that is not configured any more.',
    fix: 'Use the link that was sent, or configure the former master key again.',
  },
  'link.not_found': {
    status: [404],
    what: 'This link does not lead to anything open.',
    why: 'It was used, what it was for has ended, or it is not complete.',
    fix: 'Ask who sent it for a new one.',
  },
  'callback.already_answered': {
    status: [409],
    what: 'This callback was answered before; the first answer stands.',
    why: 'A callback takes one answer.',
    fix: 'Nothing is to be done if the first answer was yours.',
  },
} as const satisfies ErrorArea
