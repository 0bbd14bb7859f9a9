import type { Translator } from '../ui/texts.ts'
import type { RespondTexts } from './texts/languages.ts'

/** How long something takes, in words: whole minutes, and from two hours on whole hours. */
export const lasting = ({ count }: Pick<Translator<RespondTexts>, 'count'>, minutes: number): string =>
  minutes < 120 ? count('minutes', Math.round(minutes)) : count('hours', Math.round(minutes / 60))
