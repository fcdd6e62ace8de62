import { defineConnector } from '@inlay/sdk/connector'
import { addEvent } from './actions/add-event.js'
import { addNote } from './actions/add-note.js'
import { addOrUpdateSubscriber } from './actions/add-or-update-subscriber.js'
import { archiveSubscriber } from './actions/archive-subscriber.js'
import { createCampaign } from './actions/create-campaign.js'
import { getSubscriber } from './actions/get-subscriber.js'
import { listAudiences } from './actions/list-audiences.js'
import { listSubscribers } from './actions/list-subscribers.js'
import { sendCampaign } from './actions/send-campaign.js'
import { updateTags } from './actions/update-tags.js'
import { auth, baseUrlOf } from './auth.js'
import { icon } from './icon.js'
import { audienceEvent } from './triggers/audience-event.js'
import { newSubscriber } from './triggers/new-subscriber.js'

/** Audiences and campaigns of Mailchimp. */
export const connector = defineConnector({
  id: 'mailchimp',
  version: '1.0.0',
  name: 'Mailchimp',
  description: 'Keep subscribers and their tags, send campaigns, and start when people subscribe or leave.',
  icon,
  color: '#ffe01b',
  categories: ['marketing'],
  docs: 'Sign in with Mailchimp, or make an API key in Mailchimp under your profile, **Extras, API keys**, and paste the whole of it: what follows its last `-` is the data centre. "Audience event" adds a webhook to the audience; to see it, open **Audience, Settings, Webhooks**.',
  auth,
  api: { baseUrl: baseUrlOf },
  actions: {
    addOrUpdateSubscriber,
    getSubscriber,
    updateTags,
    addEvent,
    addNote,
    archiveSubscriber,
    listSubscribers,
    listAudiences,
    createCampaign,
    sendCampaign,
  },
  triggers: { newSubscriber, audienceEvent },
})
