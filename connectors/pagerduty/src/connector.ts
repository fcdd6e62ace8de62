import { defineConnector } from '@inlay/sdk/connector'
import { addNote } from './actions/add-note.js'
import { createIncident } from './actions/create-incident.js'
import { getIncident } from './actions/get-incident.js'
import { getOnCalls } from './actions/get-on-calls.js'
import { listIncidents } from './actions/list-incidents.js'
import { mergeIncidents } from './actions/merge-incidents.js'
import { sendEvent } from './actions/send-event.js'
import { snoozeIncident } from './actions/snooze-incident.js'
import { updateIncident } from './actions/update-incident.js'
import { auth, baseUrlOf } from './auth.js'
import { icon } from './icon.js'
import { incidentEvent } from './triggers/incident-event.js'
import { newIncident } from './triggers/new-incident.js'

/** Raises, changes and follows incidents in PagerDuty. */
export const connector = defineConnector({
  id: 'pagerduty',
  version: '1.1.0',
  name: 'PagerDuty',
  description: 'Raise, acknowledge and resolve incidents, and start when one changes.',
  icon,
  color: '#048a24',
  categories: ['developer', 'support'],
  docs: 'Sign in, or make a REST API key under Integrations, API Access Keys. "Send an event" needs no account but the integration key of a service (Events API v2), which is a secret: keep it in a connection.',
  auth,
  api: {
    baseUrl: baseUrlOf,
    origins: ['https://events.pagerduty.com', 'https://events.eu.pagerduty.com'],
    headers: { accept: 'application/vnd.pagerduty+json;version=2' },
    pace: { requests: 960, perMs: 60_000 },
  },
  actions: {
    sendEvent,
    createIncident,
    updateIncident,
    getIncident,
    listIncidents,
    addNote,
    snoozeIncident,
    mergeIncidents,
    getOnCalls,
  },
  triggers: { newIncident, incidentEvent },
})
