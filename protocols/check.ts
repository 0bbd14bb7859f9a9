/**
 * Checks protocols beyond what their schema can say: everything that is named exists, mails can be sent, and every text has
 * every language. Pure functions of what the three folders' readers returned.
 */
import type { Catalogue, Read } from '../instruments/catalogue.ts'
import { formatReference, isStandIn, type Mistake, type Problem } from '../instruments/definition.ts'
import { checkPlaces, inFiles } from '../instruments/place.ts'
import type { Instrument } from '../instruments/schema.ts'
import { checkLanguageTags, missingIn } from '../instruments/translations.ts'
import type { NormTable, PriceTable } from '../norms/schema.ts'
import { isForInstrument } from '../norms/standardise.ts'
import { checkAlarms } from './check-alarms.ts'
import { checkCountedLists, checkDesign } from './check-design.ts'
import { checkMessages } from './check-messages.ts'
import { checkReport } from './check-report.ts'
import { checkSchedule, notThere, scheduled } from './check-schedule.ts'
import type { Protocol } from './schema.ts'

/** What a protocol can name. */
export interface Named {
  instruments: Catalogue<Instrument>
  tables: Catalogue<NormTable>
  priceTables: Catalogue<PriceTable>
}

export function checkProtocols({ catalogue, files }: Read<Protocol>, named: Named): Problem[] {
  return [...checkPlaces(catalogue.all(), files), ...inFiles(catalogue.all(), files, (protocol) => checkProtocol(protocol, named))]
}

/** The mistakes of one protocol, also of one that is in no file: with an instrument that a study adopted. */
export const checkProtocol = (protocol: Protocol, named: Named): Mistake[] => [
  ...checkLanguageTags(protocol),
  ...checkTimeZone(protocol),
  ...checkWaves(protocol),
  ...checkSchedule(protocol, named.instruments),
  ...checkNorms(protocol, named),
  ...checkPrices(protocol, named),
  ...checkConsents(protocol),
  ...checkFamilyRoles(protocol),
  ...checkMessages(protocol),
  ...checkDesign(protocol),
  ...checkAlarms(protocol, named.instruments),
  ...checkCountedLists(protocol, named.instruments),
  ...checkReport(protocol, named),
  ...checkLanguages(protocol, named.instruments),
]

export function warnAboutProtocols({ catalogue, files }: Read<Protocol>, named: Named): Problem[] {
  return inFiles(catalogue.all(), files, (protocol) => [
    ...warnAboutWaves(protocol),
    ...warnAboutNorms(protocol, named),
    ...warnAboutStandIns(protocol, named),
  ])
}

/** Whether `timeZone` is a name of the IANA database. Intl also takes fixed offsets, in which no clock ever changes. */
function checkTimeZone({ timeZone }: Protocol): Mistake[] {
  const unknown = [{ path: '/timeZone', reason: `"${timeZone}" is no time zone: write an IANA name, such as Europe/Amsterdam` }]
  if (/^[+-]/.test(timeZone)) return unknown
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return []
  } catch {
    return unknown
  }
}

function checkWaves({ waves, anchors }: Protocol): Mistake[] {
  return waves.flatMap(({ id, anchors: names }, index) => [
    ...(waves.findIndex((wave) => wave.id === id) === index ? [] : [{ path: `/waves/${index}/id`, reason: `there is another wave ${id}` }]),
    ...names.flatMap((name, at) => {
      const path = `/waves/${index}/anchors/${at}`
      if (!Object.hasOwn(anchors, name)) return [{ path, reason: notThere('anchor', name, anchors) }]
      return names.indexOf(name) === at ? [] : [{ path, reason: `${name} stands here twice` }]
    }),
  ])
}

const checkFamilyRoles = ({ familyRoles = [], roles }: Protocol): Mistake[] =>
  familyRoles.flatMap((name, at) => {
    const path = `/familyRoles/${at}`
    if (!Object.hasOwn(roles, name)) return [{ path, reason: notThere('role', name, roles) }]
    return familyRoles.indexOf(name) === at ? [] : [{ path, reason: `${name} stands here twice` }]
  })

const warnAboutWaves = ({ waves, schedule }: Protocol): Mistake[] =>
  waves.flatMap(({ id }, index) =>
    schedule.some((row) => row.waves.includes(id)) ? [] : [{ path: `/waves/${index}`, reason: `nothing is asked in wave ${id}` }],
  )

function checkNorms(protocol: Protocol, { instruments, tables }: Named): Mistake[] {
  const lists = scheduled(protocol, instruments)
  return protocol.norms.flatMap((reference, index) => {
    const path = `/norms/${index}`
    const table = tables.get(reference)
    if (!table)
      return [{ path, reason: `there is no norm table ${reference}; there is: ${tables.all().map(formatReference).join(', ') || 'none'}` }]
    return protocol.norms.slice(0, index).flatMap((earlier) => {
      const other = tables.get(earlier)
      const both =
        other && lists.find((list) => other.scale === table.scale && isForInstrument(other, list) && isForInstrument(table, list))
      return both ? [{ path, reason: `${earlier} is already the norm for ${table.scale} of ${formatReference(both)}` }] : []
    })
  })
}

/** One version of each price table, and one for every list that counts costs. */
function checkPrices(protocol: Protocol, { instruments, priceTables }: Named): Mistake[] {
  const references = protocol.prices ?? []
  const ids = references.map((reference) => reference.slice(0, reference.indexOf('@')))
  const wanted = scheduled(protocol, instruments).flatMap((list) =>
    list.scales.flatMap((scale) => (scale.method === 'cost' ? [{ list, table: scale.priceTable }] : [])),
  )
  return [
    ...references.flatMap((reference, index) => {
      const path = `/prices/${index}`
      const known = priceTables.all().map(formatReference).join(', ')
      if (!priceTables.get(reference)) return [{ path, reason: `there is no price table ${reference}; there is: ${known || 'none'}` }]
      return ids.indexOf(ids[index] as string) === index ? [] : [{ path, reason: `another version of ${ids[index]} is named already` }]
    }),
    ...wanted
      .filter(({ table }) => !ids.includes(table))
      .map(({ list, table }) => ({
        path: '/prices',
        reason: `${formatReference(list)} counts costs with the price table ${table}: name a version of it`,
      })),
  ]
}

function warnAboutNorms(protocol: Protocol, { instruments, tables }: Named): Mistake[] {
  const lists = scheduled(protocol, instruments)
  return protocol.norms.flatMap((reference, index) => {
    const table = tables.get(reference)
    if (!table || lists.some((list) => isForInstrument(table, list))) return []
    return [
      {
        path: `/norms/${index}`,
        reason: `${reference} is for ${table.instrument} ${table.instrumentVersions}, which the schedule does not ask`,
      },
    ]
  })
}

/** A finished protocol with stand-ins in it is seldom meant: it does not open as a study until somebody accepts them by name. */
function warnAboutStandIns(protocol: Protocol, { instruments, tables }: Named): Mistake[] {
  const standIns = [...scheduled(protocol, instruments), ...protocol.norms.flatMap((reference) => tables.get(reference) ?? [])].filter(
    isStandIn,
  )
  if (isStandIn(protocol) || standIns.length === 0) return []
  const names = standIns.map(formatReference).join(', ')
  return [{ path: '/version', reason: `this version has no mark of a stand-in, but it uses ${names}` }]
}

function checkConsents({ consents, roles }: Protocol): Mistake[] {
  return consents.flatMap(({ purpose, roles: names }, index) =>
    names.flatMap((name, at) => {
      const path = `/consents/${index}/roles/${at}`
      if (!Object.hasOwn(roles, name)) return [{ path, reason: notThere('role', name, roles) }]
      const earlier = consents.slice(0, index).some((consent) => consent.purpose === purpose && consent.roles.includes(name))
      if (earlier || names.indexOf(name) !== at) return [{ path, reason: `${name} is already asked for consent to ${purpose}` }]
      return []
    }),
  )
}

/** Every language of the protocol has every text that a participant can meet. */
function checkLanguages(protocol: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  const { languages } = protocol
  return languages.flatMap((language, index) => {
    const path = `/languages/${index}`
    const twice = languages.indexOf(language) === index ? [] : [{ path, reason: `${language} stands here twice` }]
    const own = missingIn(protocol, language).map((missing) => ({
      path: missing,
      reason: `there is no text in ${language}, which is one of the languages`,
    }))
    const lists = scheduled(protocol, instruments).flatMap((list) => {
      const missing = missingIn(list.survey, language)
      return missing.length === 0
        ? []
        : [
            {
              path,
              reason: `${formatReference(list)} is not translated into ${language}: ${missing.length} texts are missing, the first at /survey${missing[0]}`,
            },
          ]
    })
    return [...twice, ...own, ...lists]
  })
}
