export { createEventStarter, type EventStarterDeps } from './event-starter.js'
export { createEventsService, type EventRequest, type EventsService } from './service.js'
export { EventStore } from './store.js'
