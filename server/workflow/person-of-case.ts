/** The people of a case as routes name them, by pseudonym, and what staff enter about one. */
import { parseTelephone } from '../access/telephone.ts'
import type { Context } from '../context.ts'
import { parseAddress } from '../mail/address.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { type EntryProblem, type ParticipantEntry, participantProblems } from './check-case.ts'
import type { AddressEntry } from './correct-address.ts'
import { needStudy } from './open-study.ts'
import { languagesOfStudy } from './study-languages.ts'

/** Refuses with `not-found` somebody who is not of this case. */
export async function personOfCase({ stores }: Pick<Context, 'stores'>, caseId: string, pseudonym: string): Promise<Participant> {
  const found = (await participantsOfCase(stores.study.read, caseId)).find(({ id }) => id === pseudonym)
  if (!found) throw new Refusal('not-found')
  return found
}

/** Refuses with every field that cannot be taken. */
export function refuseEntry(problems: Pick<EntryProblem, 'field' | 'reason'>[]): void {
  if (problems.length > 0) throw new Refusal('entry-invalid', { problems: problems.map(({ field, reason }) => ({ field, reason })) })
}

/** Refuses somebody who comes in with every field that cannot be taken. */
export async function refusePerson(context: Context, studyId: string, entry: ParticipantEntry): Promise<void> {
  const { study, protocol } = await needStudy(context, studyId)
  refuseEntry(participantProblems(protocol, languagesOfStudy(context.definitions, study, protocol), entry))
}

/** Refuses contact data that cannot be taken. */
export function refuseContact({ email, telephone, name, withoutMail }: Omit<AddressEntry, 'study' | 'code' | 'role' | 'number'>): void {
  const address = email === undefined ? undefined : parseAddress(email)
  const number = telephone === undefined || telephone.trim() === '' ? undefined : parseTelephone(telephone)
  const isName = name === undefined || (name.trim().length <= 100 && !/\p{Cc}/u.test(name))
  refuseEntry([
    ...(address && 'reason' in address ? [{ field: 'email', reason: address.reason }] : []),
    ...(address && withoutMail ? [{ field: 'email', reason: 'there is an address of somebody who is said to have none' }] : []),
    ...(number && 'reason' in number ? [{ field: 'telephone', reason: number.reason }] : []),
    ...(isName ? [] : [{ field: 'name', reason: 'a name is one line of 1 to 100 characters' }]),
  ])
}
