/** A study as whoever manages it sees it: what they can change, and what its protocol decides. */
import { formatReference } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { regionsOfCases } from '../queries/case-pages.ts'
import { inAllLanguages } from './browse-definitions.ts'
import { ownTextsBeside } from './mail-texts.ts'
import { needStudy } from './open-study.ts'
import { mailsOf } from './preview-mail.ts'
import { leftToReplan } from './replan-study.ts'
import { draftsOf, isDraft, languagesOfStudy } from './study-languages.ts'

export async function studySettings(context: Context, studyId: string) {
  const { study, protocol } = await needStudy(context, studyId)
  const { definitions, stores } = context
  const { title, organisation, contact, helpLine, regions, contactMonths, closedAt, createdAt, demonstration, standInsAcceptedBy } = study
  const spoken = inAllLanguages(definitions.translated.protocols, protocol)
  const offered = languagesOfStudy(definitions, study, protocol)
  const further = draftsOf(definitions, protocol).filter((language) => !offered.includes(language))
  return {
    /** What can be changed here. */
    data: { title, organisation, contact, helpLine, regions, contactMonths },
    closedAt,
    createdAt,
    demonstration,
    standInsAcceptedBy,
    /** Regions that cases are in, whether or not they are in the list. */
    usedRegions: await regionsOfCases(stores.study.read, studyId, 'everywhere'),
    /** Cases that are still to be planned anew, after the study was closed or opened. */
    toReplan: await leftToReplan(context, studyId),
    languages: [...offered, ...further].map((language) => ({
      language,
      isOffered: offered.includes(language),
      isDraft: !protocol.languages.includes(language) && isDraft(definitions, protocol, language),
    })),
    protocol: {
      reference: formatReference(protocol),
      title: protocol.title,
      source: protocol.source,
      timeZone: protocol.timeZone,
      hour: protocol.messages.hour,
      beganWith: formatReference({ id: study.protocolId, version: study.protocolVersion }),
      adopted: study.adoptedVersions,
      adoptedNorms: study.adoptedNorms,
      periods: periodsOfStudy(definitions, study).map(({ from, protocol: one }) => ({ from, reference: formatReference(one) })),
    },
    consents: spoken.consents.map(({ purpose, title, version, roles, required, statement }) => ({
      purpose,
      title: title ?? null,
      version,
      roles,
      required,
      statement,
    })),
    mails: mailsOf(protocol),
    /** Texts of mails in words of the study's own. */
    ownMailTexts: await ownTextsBeside(context, study.id, protocol),
  }
}
