import { defineConnector } from '@inlay/sdk/connector'
import { sendNotification } from './actions/send-notification.js'
import { auth } from './auth.js'
import { icon } from './icon.js'

/** Notifications to browsers. */
export const connector = defineConnector({
  id: 'web-push',
  version: '1.0.0',
  name: 'Web Push',
  description: 'Send notifications to browsers that subscribed on your pages.',
  icon,
  color: '#5a0fc8',
  categories: ['communication'],
  docs: 'Paste the pair of VAPID keys with which your pages subscribe browsers, and pass subscriptions on as the browser gave them. When a notification says that the subscription is gone, forget the subscription.',
  auth,
  actions: { sendNotification },
})
