/** Texts of the widget around the builder: sign-in and the list of workflows. */
export const HOST_MESSAGES = {
  'session.failed': 'The automations could not be opened',
  'session.expired': 'The session has ended',
  'session.expiredText': 'Reconnect to go on. What you changed here is kept meanwhile.',
  'session.reconnect': 'Reconnect',
  'widget.crashed': 'Something went wrong here',
  'widget.crashedText': 'What was saved is safe. Try again; if it happens again, tell support what you did last.',
  'workflows.title': 'Automations',
  'workflows.text': 'Let things happen by themselves when something happens elsewhere.',
  'workflows.create': 'New automation',
  'workflows.createAction': 'Create',
  'workflows.name': 'Name',
  'workflows.nameHelp': 'For example “Big orders to the sales chat”.',
  'workflows.lastRun': 'Last run',
  'workflows.updated': 'Changed',
  'workflows.on': 'On',
  'workflows.draft': 'Draft',
  'workflows.delete': 'Delete “{name}”',
  'workflows.deleteTitle': 'Delete “{name}”?',
  'workflows.deleteText':
    'It stops at once, and what it is doing now is cancelled. This cannot be undone. Its past runs can still be looked at.',
  'workflows.deleted': '“{name}” was deleted.',
  'workflows.empty': 'No automations yet',
  'workflows.emptyText':
    'An automation starts with a trigger, such as a webhook or a time, and then carries out steps.',
} as const
