/** What means and outcomes of a try to reach somebody are called. */
import type { DeskTexts } from '../shell/language.tsx'

export const meansTexts = {
  call: 'attempt_call',
  visit: 'attempt_visit',
  paper: 'attempt_paper',
  message: 'attempt_message',
} as const satisfies Record<string, keyof DeskTexts>

export const outcomeTexts = {
  'not reached': 'attempt_notReached',
  'will fill in': 'attempt_willFillIn',
  'call back': 'attempt_callBack',
  'paper sent': 'attempt_paperSent',
  refused: 'attempt_refused',
} as const satisfies Record<string, keyof DeskTexts>

export type Means = keyof typeof meansTexts
export type Outcome = keyof typeof outcomeTexts

export const isMeans = (value: unknown): value is Means => typeof value === 'string' && Object.hasOwn(meansTexts, value)
export const isOutcome = (value: unknown): value is Outcome => typeof value === 'string' && Object.hasOwn(outcomeTexts, value)
