export { createEventHub, createEventPublisher, type EventHub, eventStream, type RunEvent } from './bus.js'
export { assertRedisKeepsKeys, connectPatientRedis, connectRedis, redisReady } from './redis.js'
