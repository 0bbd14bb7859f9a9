/** How people and lists of one family are called on its page. */
import { createContext, type ReactNode, useContext } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { CaseFile, Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { purposeName } from '../shell/purpose-name.ts'
import { titleOf } from '../shell/title-of.tsx'
import type { Source } from './sources.ts'

export interface Names {
  /** Role of a participant, with a number where there are several in it: "Ouder 2". */
  person(id: string): string
  /** The same for somebody who is not in the family yet, and of whom only the role is known. */
  anybody(id: string, role: string | null): string
  role(id: string): string
  /** What consent is asked for. */
  purpose(purpose: string): string
  /** Who answered, and about whom where it is about one. */
  source(answered: Source): string
  instrument(id: string): string
  /** The part of an instrument's title before its colon, where there is one: "NOSIK". */
  instrumentInShort(id: string): string
  /** In short, with the one whom it is about. */
  list(instrument: string, about: string | null): string
}

const NamesContext = createContext<Names | null>(null)

export function NamesProvider({ file, study, children }: { file: CaseFile; study: Study; children: ReactNode }) {
  const { say, language } = useDesk()
  const called = (...named: Parameters<typeof titleOf>): string => wordsIn(titleOf(...named), language).text
  const withSubject = (name: string, about: string | null): string =>
    about === null ? name : `${name} ${say('listAbout', { person: names.person(about) })}`
  const names: Names = {
    person(id) {
      const found = file.participants.find((participant) => participant.id === id)
      if (!found) return id
      const role = called(study.roles, found.role)
      return found.place === null ? role : say('person', { role, place: found.place })
    },
    anybody(id, role) {
      const isHere = file.participants.some((participant) => participant.id === id)
      return isHere || role === null ? names.person(id) : say('newcomer', { role: called(study.roles, role) })
    },
    role: (id) => called(study.roles, id),
    purpose: (purpose) => purposeName({ say, language }, study.consents, purpose),
    source: ({ participant, about }) => withSubject(names.person(participant), about),
    instrument: (id) => called(study.instruments, id),
    instrumentInShort: (id) => called(study.instruments, id).split(':')[0] ?? id,
    list: (instrument, about) => withSubject(names.instrumentInShort(instrument), about),
  }
  return <NamesContext value={names}>{children}</NamesContext>
}

export function useNames(): Names {
  const names = useContext(NamesContext)
  if (!names) throw new Error('useNames outside of NamesProvider')
  return names
}
