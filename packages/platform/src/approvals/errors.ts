import { UserError } from '@inlay/engine'

export function approvalNotFound(id: string): UserError {
  return new UserError('not_found', 'approval.not_found', `There is no open approval ${id}.`, {
    detail: 'It may have been decided, or its run may have ended.',
  })
}

export function notAssigned(): UserError {
  return new UserError('denied', 'approval.not_assigned', 'Somebody else is asked for this decision.', {
    detail: 'Only those whom the approval names as assignees can decide.',
  })
}

export function alreadyDecided(): UserError {
  return new UserError('conflict', 'approval.already_decided', 'This was decided before; the first decision stands.')
}

/** The token of the approval cannot be derived any more. */
export function keyIsGone(): UserError {
  return new UserError('conflict', 'approval.link_only', 'This approval can be decided by its link only.', {
    detail: 'It was opened under a master key that is not configured any more.',
  })
}

/** The same for links that never were and for those that are closed: neither can be told from the other. */
export function linkNotFound(): UserError {
  return new UserError('not_found', 'link.not_found', 'This link does not lead to anything open.', {
    detail: 'It may have been used, or what it was for has ended.',
  })
}

export function alreadyAnswered(): UserError {
  return new UserError(
    'conflict',
    'callback.already_answered',
    'This callback was answered before; the first answer stands.',
  )
}
