import { defineConnector } from '@inlay/sdk/connector'
import { addTime } from './actions/add-time.js'
import { businessDays } from './actions/business-days.js'
import { difference } from './actions/difference.js'
import { format } from './actions/format.js'
import { parse } from './actions/parse.js'
import { startOrEnd } from './actions/start-or-end.js'

/** Calculates with dates and times. */
export const connector = defineConnector({
  id: 'dates',
  version: '1.0.0',
  name: 'Dates',
  description: 'Read, write, compare and move dates and times, in any time zone.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="3.500" y="5" width="17" height="15.500" rx="2.500"/><path d="M3.500 10h17M8 3v4M16 3v4M8 14.500h3"/></svg>',
  color: '#c2410c',
  categories: ['tools'],
  docs: 'Dates are texts in ISO 8601 such as `2026-12-24T18:00:00Z`, or Unix milliseconds. A date without an offset is read in the time zone that you choose; what comes out has its offset.',
  auth: { kind: 'none' },
  actions: { format, parse, addTime, difference, startOrEnd, businessDays },
})
