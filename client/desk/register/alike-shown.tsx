import { useEffect, useRef } from 'react'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Alike, ImportPreview } from './api.ts'

const byTexts = { address: 'alikeBy_address', telephone: 'alikeBy_telephone', name: 'alikeBy_name' } as const

/** Families that seem to be the one that is registered; nothing has been registered yet. */
export function AlikeShown({ alike: { cases } }: { alike: Alike }) {
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
      </ul>
      <p>{say('alikeAdvice')}</p>
    </div>
  )
}

/** Families of a file that seem to be registered already, with the line where each begins. */
export function AlikeInFile({ alike, total }: { alike: ImportPreview['alike']; total: number }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  return (
    <div className="alert alert-warning">
      <p>
        <strong>{count('alikeInFile', total)}</strong>
      </p>
      <ul>
        {alike.map(({ code, line, cases, inFile }) => (
          <li key={code}>
            {say('alikeLine', { line: line ?? '?', code })}{' '}
            {cases.map((one) => (
              <span className="said" key={one.code}>
                <Link href={at(`/cases/${encodeURIComponent(one.code)}`)}>{one.code}</Link> ({say(byTexts[one.by])}
                {one.mistaken && `, ${say('familyMistake')}`})
              </span>
            ))}
            {inFile.map((one) => (
              <span className="said" key={one.code}>
                {say('alikeLine', { line: one.line ?? '?', code: one.code }).replace(/:$/, '')} ({say(byTexts[one.by])})
              </span>
            ))}
          </li>
        ))}
      </ul>
      {total > alike.length && <p>{say('alikeMore', { count: total - alike.length })}</p>}
    </div>
  )
}
