/** How the choices of an item lie on a wide screen; on a phone they always stand under each other. */
import type { ItemView } from '../view.ts'

export type Layout = 'scale' | 'marks' | 'column'

/** `marks`: ten or so short steps in a row; `scale`: a few answers of a few words beside each other; else under each other. */
export function layoutOf(choices: ItemView['choices']): Layout {
  const longest = Math.max(...choices.map(({ text }) => text.text.length))
  if (choices.length > 7 && choices.length <= 11 && longest <= 16) return 'marks'
  return choices.length <= 7 && longest <= 22 ? 'scale' : 'column'
}
