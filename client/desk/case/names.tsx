/** How people and lists of one family are called on its page. */
import { createContext, type ReactNode, useContext } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { CaseFile, Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { titleOf } from '../shell/title-of.tsx'

interface Names {
  /** Role of a participant, with a number where there are several in it: "Ouder 2". */
  person(id: string): string
  instrument(id: string): string
  /** The part of an instrument's title before its colon, where there is one: "NOSIK". */
  instrumentInShort(id: string): string
}

const NamesContext = createContext<Names | null>(null)

export function NamesProvider({ file, study, children }: { file: CaseFile; study: Study; children: ReactNode }) {
  const { say, language } = useDesk()
  const called = (...named: Parameters<typeof titleOf>): string => wordsIn(titleOf(...named), language).text
  const names: Names = {
    person(id) {
      const found = file.participants.find((participant) => participant.id === id)
      if (!found) return id
      const role = called(study.roles, found.role)
      return found.place === null ? role : say('person', { role, place: found.place })
    },
    instrument: (id) => called(study.instruments, id),
    instrumentInShort: (id) => called(study.instruments, id).split(':')[0] ?? id,
  }
  return <NamesContext value={names}>{children}</NamesContext>
}

export function useNames(): Names {
  const names = useContext(NamesContext)
  if (!names) throw new Error('useNames outside of NamesProvider')
  return names
}
