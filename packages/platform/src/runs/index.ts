export { type AdmissionLoopDeps, startAdmissionLoop } from './admission-loop.js'
export { hasNeglectedRuns } from './backlog.js'
export {
  createQueueDispatcher,
  type QueueDispatcher,
  type QueueDispatcherOptions,
  RUN_JOB,
  RUN_QUEUE,
  type RunJob,
  runJobSchema,
  WAKE_JOB,
} from './dispatcher.js'
export { type EventSweepDeps, startEventSweep } from './event-sweep.js'
export { createLeader, type Leader } from './leader.js'
export { type Loop, startLoop } from './loop.js'
export { createQueuePlaces, freeingPlaces, type QueuePlaces, type QueuePlacesOptions } from './queue-places.js'
export { createRedisGovernor, type RedisGovernorOptions } from './redis-governor.js'
export type { Run, RunSummary, StepRun } from './schema.js'
export { createRunsService, type RunsService, type StartRequest } from './service.js'
export { createStepLogKeeper, type StepLogKeeper, startStepLogSweep } from './step-logs.js'
export { startStorageSweep } from './storage-sweep.js'
export { RunStore } from './store.js'
export { type SweeperDeps, startSweeper } from './sweeper.js'
