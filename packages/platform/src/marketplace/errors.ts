import { UserError } from '@inlay/engine'

export function listingNotFound(id: string): UserError {
  return new UserError('not_found', 'marketplace.not_found', `There is no listing ${id}.`)
}

export function submissionNotFound(id: string): UserError {
  return new UserError('not_found', 'marketplace.no_submission', `You have handed in nothing with the id ${id}.`)
}

export function notShareable(id: string): UserError {
  return new UserError('unprocessable', 'marketplace.not_shareable', `The connector ${id} cannot be shared.`, {
    detail:
      'A connector that your backend serves is yours: only those made of an OpenAPI document can be copied to others.',
  })
}

export function versionTaken(version: string): UserError {
  return new UserError('conflict', 'marketplace.version', `Version ${version} was handed in before.`, {
    detail: 'Raise the version: what others have installed does not change.',
  })
}

export function notInReview(id: string): UserError {
  return new UserError('conflict', 'marketplace.not_in_review', `The submission ${id} does not wait for a review.`)
}
