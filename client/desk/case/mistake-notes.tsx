import { useEffect, useRef } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { titleOf } from '../shell/title-of.tsx'
import type { MistakeNote } from './api.ts'
import { useNames } from './names.tsx'

const counted = { sent: 'mistakeSent', tried: 'mistakeTried', printed: 'mistakePrinted' } as const

/** What whoever takes a family out of the study has to know before. */
export function MistakeNotes({ notes, arms }: { notes: MistakeNote[]; arms: Study['arms'] }) {
  const { say, language } = useDesk()
  const names = useNames()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  if (notes.length === 0) return null
  const inWords = (note: MistakeNote): string => {
    if ('who' in note)
      return say(note.is === 'stopped' ? 'mistakeStopped' : 'mistakeRefused', {
        who: note.who.map(({ role, number }) => `${names.role(role)} ${number}`).join(', '),
      })
    if (note.is === 'lot') return say('mistakeLot', { arm: wordsIn(titleOf(arms, note.arm), language).text })
    return say(counted[note.is], { count: note.count })
  }
  return (
    <div className="alert alert-warning" ref={box}>
      <h3>{say('mistakeNotes')}</h3>
      <ul>
        {notes.map((note) => (
          <li key={note.is}>{inWords(note)}</li>
        ))}
      </ul>
    </div>
  )
}
