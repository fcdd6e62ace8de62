export const RUN_MESSAGES = {} as const
