/** That a family does not belong in the study: on its page, and in its record. */
import type { CaseFile } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'

const reasonTexts = { double: 'mistake_double', 'not-eligible': 'mistake_notEligible', test: 'mistake_test' } as const
const isReason = (reason: unknown): reason is keyof typeof reasonTexts => typeof reason === 'string' && Object.hasOwn(reasonTexts, reason)

export function MistakeShown({ file: { mistake } }: { file: CaseFile }) {
  const { say, date } = useDesk()
  if (!mistake) return null
  const { at, reason, sameAs } = mistake
  return (
    <div className="alert alert-warning">
      <p>
        <strong>{say('mistakeShown', { day: date(at) })}</strong>
        {isReason(reason) && `: ${say(reasonTexts[reason])}`}.
      </p>
      {sameAs !== null && <SameAs code={sameAs} />}
      <p>{say('mistakeShownWhy')}</p>
    </div>
  )
}

function SameAs({ code }: { code: string }) {
  const { say } = useDesk()
  const { at } = useStudy()
  return (
    <p>
      {say('mistakeSameAs')} <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>
    </p>
  )
}

/** Why, in the record. */
export function MistakeTold({ detail: { reason, sameAs } }: { detail: CaseFile['timeline'][number]['detail'] }) {
  const { say } = useDesk()
  if (!isReason(reason)) return null
  return (
    <span className="timeline-why">
      {say(reasonTexts[reason])}
      {typeof sameAs === 'string' && ` (${sameAs})`}
    </span>
  )
}
