/** From a code that somebody types to an answer. Pure. */
import type { SimpleAnswer } from '../../../instruments/schema.ts'
import type { ItemView } from '../../survey/view.ts'

/** Whether an item is typed by codes. */
export const hasCodes = ({ type }: Pick<ItemView, 'type'>): boolean => type === 'radiogroup' || type === 'dropdown' || type === 'checkbox'

/**
 * The answer that a code, or several with spaces or commas between them, stands for; undefined for nothing typed, null for what is no
 * code of this item.
 */
export function readCode({ type, choices }: Pick<ItemView, 'type' | 'choices'>, typed: string): SimpleAnswer | undefined | null {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0) return undefined
  const codes = parts.map((part) => choices.find(({ value }) => String(value) === part)?.value)
  if (codes.some((code) => code === undefined)) return null
  const known = codes as number[]
  if (type !== 'checkbox') return known.length === 1 ? (known[0] as number) : null
  return choices.map(({ value }) => value).filter((value) => known.includes(value))
}

/** How an answer is typed. */
export const codeOf = (answer: SimpleAnswer | undefined): string =>
  answer === undefined ? '' : Array.isArray(answer) ? answer.join(' ') : String(answer)

/** What an answer means, in the words of its choices; the answer itself where it has none. */
export function meaningOf({ choices }: Pick<ItemView, 'choices'>, answer: SimpleAnswer | null | undefined): string {
  if (answer === null || answer === undefined) return ''
  const codes = Array.isArray(answer) ? answer : [answer]
  return codes.map((code) => choices.find(({ value }) => value === code)?.text.text ?? String(code)).join(', ')
}
