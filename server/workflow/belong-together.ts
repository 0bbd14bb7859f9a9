/** Whether the two databases are of one study and of one day: nothing holds them together but pseudonyms. Changes nothing. */
import { setTimeout as pause } from 'node:timers/promises'
import { after } from '../../protocols/local-time.ts'
import { systemClock } from '../clock.ts'
import { openIdentityReader } from '../db/identity-reader.ts'
import type { DatabasePlace } from '../db/place.ts'
import { fileOf } from '../db/snapshot.ts'
import type { StudyReader } from '../db/study-reader.ts'
import type { Db } from '../db/tx.ts'
import { participantsToReach, withoutContact } from '../queries/kept-contact.ts'
import { knownParticipants } from '../queries/participants.ts'
import { storedBefore } from '../queries/people.ts'
import { settingsFrom } from '../queries/settings.ts'
import { coming, going, late } from './contact-data.ts'

/** What is written to one after the other is in both some milliseconds later; what a registration stores, an hour later at most. */
const writing = { milliseconds: 1_000, registering: 3_600_000 }

interface Apart {
  /** Participants without contact data, though these were not removed. */
  nameless: string[]
  /** Whose contact data are of nobody. */
  strangers: { pseudonym: string; storedAt: string }[]
}

/** What does not belong together, in words, by what each part is called; nothing where all does. */
export async function whatIsApart(place: DatabasePlace, reader: StudyReader): Promise<string[]> {
  const identity = await openIdentityReader(place)
  try {
    let { nameless, strangers } = await look(identity.db, reader)
    if (nameless.length + strangers.length > 0) {
      await pause(writing.milliseconds)
      const again = await look(identity.db, reader)
      const [still, stillOfNobody] = [new Set(again.nameless), new Set(again.strangers.map(({ pseudonym }) => pseudonym))]
      nameless = nameless.filter((id) => still.has(id))
      strangers = strangers.filter(({ pseudonym }) => stillOfNobody.has(pseudonym))
    }
    // Those of one moment are of a registration that was cut off: the next start removes them.
    const isCutOff = new Set(strangers.map(({ storedAt }) => storedAt)).size <= 1
    const [people, study] = (['identity', 'study'] as const).map((part) => (place.database ? `schema ${part}` : fileOf(part)))
    return [
      ...(nameless.length > 0 ? [`${people}: there are no contact data of ${nameless.length} participants of ${study}. ${apart}`] : []),
      ...(isCutOff ? [] : [`${people}: it has contact data of ${strangers.length} people whom ${study} does not know. ${apart}`]),
    ]
  } finally {
    await identity.close()
  }
}

const apart = 'The two do not belong together: put both back from one backup.'

async function look(identity: Db, reader: StudyReader): Promise<Apart> {
  const nameless = await withoutContact(identity, await reader.atOneMoment(participantsToReach))
  const stored = await storedBefore(identity, after(systemClock.now(), -writing.registering))
  return { nameless, strangers: stored.length === 0 ? [] : await reader.atOneMoment((study) => ofNobody(study, stored)) }
}

/** Neither of participants nor of anybody whose contact data are to go, as the study has noted. */
async function ofNobody(study: Db, stored: Apart['strangers']): Promise<Apart['strangers']> {
  const ids = stored.map(({ pseudonym }) => pseudonym)
  const leaving = (await settingsFrom(study, going)).map(({ name }) => name.slice(going.length))
  const known = new Set([...(await knownParticipants(study, ids)), ...leaving])
  const underWay = new Set([...(await settingsFrom(study, coming)), ...(await settingsFrom(study, late))].map(({ value }) => value))
  return stored.filter(({ pseudonym, storedAt }) => !known.has(pseudonym) && !underWay.has(storedAt))
}
