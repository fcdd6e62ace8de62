import { z } from '@inlay/sdk/connector'

/** The field by which actions name the teammate in whose name they act. */
export const adminField = z
  .string()
  .regex(/^\d+$/, 'must be the id of a teammate')
  .meta({ title: 'Teammate', description: 'In whose name this is done.', examples: ['991267715'] })
