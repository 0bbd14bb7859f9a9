import type { Scene } from './action.ts'

/** About whom the lists are when the first of these children is gone: the one who moves up. Months of birth, `YYYY-MM`. */
export const nextIndexChild = ([, next]: string[], say: Scene['say']): string =>
  next === undefined ? say('hintNoChildLeft') : say('hintNextIndexChild', { month: next })
