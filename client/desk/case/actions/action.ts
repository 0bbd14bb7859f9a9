/** What staff can do to a family: each action as the fields that it asks, and what is sent. */
import type { Permission } from '../../../../server/access/roles.ts'
import type { CaseFile, Study } from '../../api.ts'
import type { useDesk } from '../../shell/language.tsx'
import type { actionsNl } from '../../texts/actions.ts'
import type { Changes, Contact, Correcting, MistakeNote, ScoreChanges } from '../api.ts'
import type { Names } from '../names.tsx'

/** What the fields of an action are made from. */
export interface Scene {
  file: CaseFile
  study: Study
  names: Names
  say: ReturnType<typeof useDesk>['say']
  /** A title of a definition in the language of the page. */
  words(title: Record<string, string>): string
}

/** What was filled in, by field; a tick is `yes` or empty. */
export type Values = Readonly<Record<string, string>>

export interface Field {
  name: string
  kind: 'text' | 'email' | 'tel' | 'date' | 'month' | 'area' | 'choice' | 'tick'
  label: string
  hint?: string
  choices?: { value: string; label: string }[]
  /** May stay empty. */
  optional?: true
  /** What it begins with. */
  initial?: string
}

export interface Outcome {
  changes?: Changes
  scores?: ScoreChanges
  contact?: Contact
  notes?: MistakeNote[]
  /** What becomes of mails that are there, and in which waves the invitation goes out again at once. */
  mails?: Correcting['mails']
  again?: string[]
}

export interface CaseAction {
  /** In the address: `?do=move-conference`. */
  id: string
  title: Extract<keyof typeof actionsNl, `do${string}`>
  may: Permission
  group: 'dates' | 'mail' | 'people' | 'lists' | 'case'
  /** Whether there is anything here to do it to. */
  isFor(file: CaseFile): boolean
  /** Whether it is done to one person. */
  ofPerson?: (person: CaseFile['participants'][number], file: CaseFile) => boolean
  fields(scene: Scene, values: Values): Field[]
  /** Shown before it is done. */
  previews: boolean
  /** Also in a family that does not belong in the study. */
  evenMistaken?: true
  /** Nothing is changed, so that no reason is kept with it. */
  withoutReason?: true
  send(place: { study: string; case: string }, values: Values, preview: boolean, file: CaseFile): Promise<Outcome>
}

/** The field for the person whom it is about. */
export const personField = ({ file, names, say }: Scene, may: NonNullable<CaseAction['ofPerson']>): Field => ({
  name: 'person',
  kind: 'choice',
  label: say('fieldPerson'),
  choices: file.participants.filter((one) => may(one, file)).map(({ id }) => ({ value: id, label: names.person(id) })),
})

/** Fields that stayed empty are left out. */
export const filled = <Name extends string>(values: Values, ...names: Name[]): Partial<Record<Name, string>> =>
  Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, values[name].trim()]] : []))) as Partial<Record<Name, string>>

/** The value of a field that has to be filled in; the dialog has seen to that. */
export const of = (values: Values, name: string): string => values[name]?.trim() ?? ''
