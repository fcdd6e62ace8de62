export const PANEL_MESSAGES = {} as const
