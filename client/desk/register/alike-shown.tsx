import { useEffect, useRef } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Alike } from './api.ts'

const byTexts = { address: 'alikeBy_address', telephone: 'alikeBy_telephone', name: 'alikeBy_name' } as const

/** Families that seem to be the one that is registered; nothing has been registered yet. */
export function AlikeShown({ alike: { cases, another } }: { alike: Alike }) {
  const { say } = useDesk()
  const { at } = useStudy()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div className="alert alert-warning" ref={box} tabIndex={-1} role="alert">
      <p>
        <strong>{say('alikeTitle')}</strong>
      </p>
      <ul>
        {cases.map(({ code, by, mistaken }) => (
          <li key={code}>
            <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>: {say(byTexts[by])}
            {mistaken && ` (${say('familyMistake')})`}
          </li>
        ))}
        {another && <li>{say('alikeAnother')}</li>}
      </ul>
      <p>{say('alikeAdvice')}</p>
    </div>
  )
}
