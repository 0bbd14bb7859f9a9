import { useEffect, useRef, useState } from 'react'
import { navigate, useSearch } from '../../ui/navigation.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Today } from './api.ts'
import { ByHandRow } from './by-hand-row.tsx'
import { Group } from './group.tsx'

/** Whether those are listed too whom nobody has to try again yet: in the address. */
export const showsResting = (search: string): boolean => new URLSearchParams(search).get('resting') === 'yes'

/** Whom nobody but staff asks. Those who rest are counted, so that nobody seems to be lost. */
export function ByHand({ byHand: { rows, total, resting }, study }: Pick<Today, 'byHand'> & { study: Study }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  const isShown = showsResting(useSearch())
  const [isSaved, setSaved] = useState(false)
  /** Where the keyboard goes on when the row has gone. */
  const told = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (isSaved) told.current?.focus()
  }, [isSaved])
  const turn = () => navigate(`${location.pathname}${isShown ? '' : '?resting=yes'}`, { replace: true })
  return (
    <Group
      title={say('todayByHand')}
      lead={say('todayByHandLead')}
      shown={rows.length}
      total={total}
      all={at('/cases?state=answering&sort=next')}
      note={
        (resting > 0 || isSaved) && (
          <>
            <span ref={told} role="status" tabIndex={-1}>
              {isSaved && `${say('attemptSaved')} `}
            </span>
            {resting > 0 && (
              <>
                {count('attemptsRest', resting)}{' '}
                <button type="button" className="button-quiet" onClick={turn}>
                  {say(isShown ? 'attemptsRestHide' : 'attemptsRestShow')}
                </button>
              </>
            )}
          </>
        )
      }
    >
      {rows.map((row) => (
        <ByHandRow key={`${row.person} ${row.wave}`} row={row} study={study} saved={() => setSaved(true)} />
      ))}
    </Group>
  )
}
