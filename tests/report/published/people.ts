/** Who of the published families fills in which list when: as many as the report counts; who they are is ours. */
import { randomOf, shuffled } from '../../../server/demo/random.ts'
import { type PublishedFamily, publishedFamilies } from '../../server/published-families.ts'
import { arms, published, type Source, type Wave } from './published.ts'

export interface List {
  code: string
  role: string
  instrument: string
  wave: Wave
}

export const families: PublishedFamily[] = publishedFamilies()

/** Two of three parents are mothers, since norms may differ by sex. */
export const sexOf = (code: string): 'female' | 'male' =>
  families.findIndex((family) => family.code === code) % 3 === 2 ? 'male' : 'female'

/** Those who take part, in an order of no meaning; of the rest group nobody is asked after nine months, so they come last. */
const active = shuffled(
  randomOf('who answers'),
  families.filter(({ parents }) => parents === 'take part'),
).sort((a, b) => Number(a.cohort === 'rest') - Number(b.cohort === 'rest'))
const longest = active.filter(({ cohort }) => cohort !== 'rest')

/** So many families: whoever answers at a wave did so at those before it, too. The rest group answers in turn with the others until FU3. */
function answering(key: string, wave: Wave, among: (family: PublishedFamily) => boolean = () => true): PublishedFamily[] {
  const of = published.response[key]
  const many = (typeof of === 'object' ? of[wave] : undefined) ?? 0
  const stayed = longest.filter(among)
  const last = stayed.slice(0, typeof of === 'object' ? of.FU9 : 0)
  const others = shuffled(
    randomOf('who else'),
    active.filter((family) => among(family) && !last.includes(family)),
  )
  return [...last, ...others].slice(0, many)
}

const lists = (role: string, instrument: string, wave: Wave, of: readonly PublishedFamily[]): List[] =>
  of.map(({ code }) => ({ code, role, instrument, wave }))

/** Lists of parents at a wave. */
export const ofParents = (instrument: 'nosik' | 'nosi-b' | 'veo' | 'pul', wave: Wave): List[] =>
  lists('parent', instrument, wave, answering(instrument.replace('-', '_'), wave))

/** Only families with a conference have an informant. */
export const ofSource = (source: Source, wave: Wave): List[] =>
  lists(
    source,
    `succint-${source}`,
    wave,
    answering(`succint_${source}`, wave, ({ arm }) => source === 'referrer' || arm === 'conference'),
  )

/** Files that are read at a wave, those with a conference first: the order of the tables. */
export const ofFiles = (wave: Wave): List[] =>
  arms.flatMap((arm) =>
    lists(
      'file-researcher',
      'zap-kort',
      wave,
      families.filter((family) => family.arm === arm && Array.isArray(family.file) && family.file.includes(wave)),
    ),
  )

export const ofCoordinators = (instrument: 'frek' | 'fufrek'): List[] =>
  arms.flatMap((arm) =>
    lists(
      'coordinator',
      instrument,
      instrument === 'frek' ? 'T0' : 'FU3',
      families.filter((family) => family.arm === arm && family[instrument]),
    ),
  )

export const ofReferrers = (): List[] =>
  lists(
    'referrer',
    'cvc',
    'T0',
    families.filter(({ cvc }) => cvc),
  )
