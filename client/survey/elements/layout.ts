/** How the choices of an item lie. On a phone all but `pair` stand under each other. */
import type { ItemView } from '../view.ts'

export type Layout = 'pair' | 'scale' | 'marks' | 'column'

/** `pair`: yes and no; `scale`: a few answers of a few words beside each other; `marks`: ten or so short steps in a row; else a column. */
export function layoutOf(choices: ItemView['choices']): Layout {
  const longest = Math.max(...choices.map(({ text }) => text.text.length))
  if (choices.length <= 3 && longest <= 10) return 'pair'
  if (choices.length > 7 && choices.length <= 11 && longest <= 16) return 'marks'
  return choices.length <= 7 && longest <= 22 ? 'scale' : 'column'
}
