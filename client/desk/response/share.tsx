import { useDesk } from '../shell/language.tsx'

/** Of those who were asked: the denominator is named. */
export function Share({ completed, asked }: { completed: number; asked: number }) {
  const { say, number } = useDesk()
  if (asked === 0) return <span className="said quiet">{say('responseNobodyAsked')}</span>
  return (
    <span className="said quiet">
      {say('responseOfAsked', { share: number(Math.round((completed / asked) * 100)), asked })}
      <svg className="response-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="response-all" width="100" height="6" />
        <rect className="response-done" width={(completed / asked) * 100} height="6" />
      </svg>
    </span>
  )
}
