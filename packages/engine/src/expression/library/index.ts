import { DATA_LIBRARY } from './data.js'
import { DATE_LIBRARY } from './dates.js'
import type { Library } from './function.js'
import { LIST_LIBRARY } from './lists.js'
import { NUMBER_LIBRARY } from './numbers.js'
import { TEXT_LIBRARY } from './text.js'

export type { Library, LibraryFunction } from './function.js'

/** Every function that expressions may call by name; documentation and the builder's help list it. */
export const EXPRESSION_LIBRARY: Library = Object.freeze({
  ...TEXT_LIBRARY,
  ...NUMBER_LIBRARY,
  ...LIST_LIBRARY,
  ...DATA_LIBRARY,
  ...DATE_LIBRARY,
})
