import { Text, useDesk } from '../shell/language.tsx'
import type { Score } from './scores.tsx'

const reasons = {
  'too-many-missing': 'reasonTooManyMissing',
  'not-asked': 'reasonNotAsked',
  'no-answer': 'reasonNoAnswer',
  'not-a-number': 'reasonNotANumber',
  'no-records': 'reasonNoRecords',
  'end-before-start': 'reasonEndBeforeStart',
  'no-completion-day': 'reasonNoCompletionDay',
  'no-price': 'reasonNoPrice',
} as const

const isKnown = (reason: string | null): reason is keyof typeof reasons => reason !== null && Object.hasOwn(reasons, reason)

/** A raw score, as a number or as the category that it stands for, or why there is none. */
export function RawScore({ score: { raw, category, reason, missing } }: { score: Score }) {
  const { say, number } = useDesk()
  if (raw === null) return <span className="quiet">{isKnown(reason) ? say(reasons[reason]) : reason}</span>
  if (category) return <Text of={category} />
  return (
    <>
      {number(Math.round(raw * 100) / 100)}
      {missing > 0 && <span className="quiet"> ({say('scoreMissing', { count: missing })})</span>}
    </>
  )
}

/** From where to where a scale goes, and which end is the bad one. */
export function ScaleRange({ score: { range, worse, category } }: { score: Score }) {
  const { say, number } = useDesk()
  if (!range || category) return null
  return (
    <>
      {say('scoreRange', { from: number(range[0]), to: number(range[1]) })}
      {worse && `, ${say(worse === 'high' ? 'scoreWorseHigh' : 'scoreWorseLow')}`}
    </>
  )
}
