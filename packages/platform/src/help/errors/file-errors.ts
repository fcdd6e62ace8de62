import type { ErrorArea } from './error-help.js'

/** Of files that people upload. */
export const FILE_ERRORS = {
  'file.too_large': {
    status: [413],
    what: 'The file is too large.',
    why: 'A deployment takes files up to a limit, which `detail` names: `MAX_UPLOAD_BYTES`.',
    fix: 'Send a smaller file, or let a step fetch it by its address. The operator can raise the limit.',
  },
  'file.media_type': {
    status: [415],
    what: 'This is not the media type of a file.',
    why: 'The header `content-type` is malformed, or the body is a form; it has to be the file itself.',
    fix: 'Send the bytes of the file as the body, with its own media type, such as `application/pdf`.',
  },
  'file.not_kept': {
    status: [422],
    what: 'This deployment keeps no files.',
    why: 'It has no blob store.',
    fix: 'Ask its operator to set `BLOB_STORE`.',
  },
  'file.not_found': {
    status: [404],
    what: 'There is no such file.',
    why: 'It belongs to another customer, or nothing referred to it for a month and it was removed.',
    fix: 'Upload it again, and choose it again where it was used.',
  },
  'file.too_many': {
    status: [429],
    what: 'Too many files are being uploaded at once.',
    why: 'Each is held in memory until it is kept, so their number is bounded for each tenant.',
    fix: 'Wait as long as `Retry-After` says, then send the file again; upload several one after the other.',
  },
} as const satisfies ErrorArea
