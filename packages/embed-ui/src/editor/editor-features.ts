/** The parts of an editor that a host may hide. */
export const FEATURE_NAMES = ['header', 'rename', 'runs', 'testing', 'publish', 'enable', 'versions'] as const
export type FeatureName = (typeof FEATURE_NAMES)[number]
/** Which parts are shown; all by default. */
export type EditorFeatures = Partial<Readonly<Record<FeatureName, boolean>>>
