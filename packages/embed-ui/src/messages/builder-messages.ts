export const BUILDER_MESSAGES = {} as const
