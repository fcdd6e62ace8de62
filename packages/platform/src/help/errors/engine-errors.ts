import type { ErrorArea } from './error-help.js'

/** Of the engine: who runs it in a process of their own meets these as thrown errors. */
export const ENGINE_ERRORS = {
  'journal.invalid_deduplication_key': {
    status: [400],
    what: 'The deduplication key cannot be kept.',
    why: 'It is empty, too long, or holds a control character.',
    fix: 'Send a key of 1 to 255 printable characters.',
  },
  'journal.invalid_slot': {
    status: [400],
    what: 'The slot of the run cannot be kept.',
    why: 'The key that a concurrency setting computes is empty or too long, or its limit is no whole number from 1.',
    fix: 'Mend the expression of the key, or the limit.',
  },
  'journal.invalid_text': {
    status: [400],
    what: 'A text holds control characters where none can be kept.',
    why: 'Names and keys are compared as they are.',
    fix: 'Leave the control characters out.',
  },
  'engine.no_admission_store': {
    status: [400],
    what: 'The engine cannot apply rates, debounce and batches.',
    why: 'The workflow asks for one of them, and the host created the engine without the option `admissions`.',
    fix: 'Give `createEngine` the option, or take the setting out of the workflow.',
  },
  'engine.invalid_setting': {
    status: [400],
    what: 'A setting of the engine is not valid.',
    why: 'It is unknown, or out of its range.',
    fix: 'Set it as the message says.',
  },
  'governor.invalid_setting': {
    status: [400],
    what: 'A setting of the call limits is not valid.',
    why: 'It is out of its range.',
    fix: 'Set it as the message says.',
  },
  'code.bad_option': {
    status: [400],
    what: 'An option of `createCodeRunner` is not valid.',
    why: 'It is out of its range.',
    fix: 'Set it as `detail` says.',
  },
  'egress.invalid_allow': {
    status: [400],
    what: 'The list of allowed private networks is not valid.',
    why: 'An entry is no network in CIDR form.',
    fix: 'Write it as `10.0.0.0/8,fd00::/8`.',
  },
  'egress.invalid_proxy': {
    status: [400],
    what: 'The address of the outbound proxy is not valid.',
    why: 'It is no http or https address.',
    fix: 'Write it as `http://user:password@proxy.example.com:3128`.',
  },
  'remote.not_servable': {
    status: [400],
    what: 'The connector cannot be served by your backend.',
    why: 'Something of it only works within the control plane; the message names it.',
    fix: 'Change that part as `detail` says.',
  },
} as const satisfies ErrorArea
