/** What a protocol says otherwise beside its lists, by what it is about, with what follows from it. */
import { useQuery } from '@tanstack/react-query'
import { wordsIn } from '../../ui/words.ts'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { purposeName } from '../shell/purpose-name.ts'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import type { AdoptionPreview } from './api.ts'

type Difference = AdoptionPreview['protocol'][number]

const groups = [
  { title: 'adoptReport', gone: 'adoptReportGone', parts: ['section', 'table', 'figure'] },
  { title: 'adoptConsents', gone: 'adoptConsentsGone', parts: ['consent'] },
  { title: 'adoptMails', gone: null, parts: ['mail', 'reminder', 'hour'] },
  { title: 'adoptAlarms', gone: 'adoptAlarmsGone', parts: ['alarm'] },
  { title: 'adoptWaves', gone: null, parts: ['wave'] },
  { title: 'adoptPeople', gone: null, parts: ['role', 'arm', 'cohort', 'anchor', 'reason', 'language'] },
  { title: 'adoptDesign', gone: null, parts: ['sample', 'matching', 'criterion', 'weight', 'entry'] },
  { title: 'adoptStudy', gone: null, parts: ['study'] },
] as const satisfies { parts: Difference['part'][]; [name: string]: unknown }[]

const whats = {
  gone: ['adoptGone', 'change-gone'],
  changed: ['adoptChanged', ''],
  new: ['adoptNew', 'change-new'],
} as const

export function ProtocolDifferences({ of: all }: { of: Difference[] }) {
  const { say } = useDesk()
  return groups.map(({ title, gone, parts }) => {
    const own = all.filter(({ part }) => (parts as readonly string[]).includes(part))
    if (own.length === 0) return null
    return (
      <div key={title}>
        <h4>{say(title)}</h4>
        <ul className="dots">
          {own.map((one) => (
            <li key={`${one.part} ${one.id}`}>
              <OneDifference of={one} />
            </li>
          ))}
        </ul>
        {gone !== null && own.some(({ what }) => what === 'gone') && <p className="quiet">{say(gone)}</p>}
      </div>
    )
  })
}

function OneDifference({ of: { what, traits, ...one } }: { of: Difference }) {
  const { say } = useDesk()
  const name = useName()
  const [word, className] = whats[what]
  const told = useTraits()(traits)
  return (
    <>
      <span className={className}>{say(word)}</span> {name(one)}
      {told.length > 0 && `: ${told.join('; ')}`}
    </>
  )
}

const naming = {
  table: 'adoptTable',
  figure: 'adoptFigure',
  role: 'adoptRole',
  arm: 'adoptArm',
  cohort: 'adoptCohort',
  anchor: 'adoptAnchor',
  reason: 'adoptReason',
  section: 'adoptSection',
  sample: 'adoptSample',
  criterion: 'adoptCriterion',
  weight: 'adoptWeight',
} as const

/** What a part of the protocol is called by whoever works with it. */
function useName() {
  const { say, language } = useDesk()
  const mail = useMailName()
  const { data: study } = useQuery(studyQuery(useStudy().id))
  return ({ part, id, title }: Pick<Difference, 'part' | 'id' | 'title'>): string => {
    const words = title === null ? id : wordsIn(title, language).text
    switch (part) {
      case 'hour':
        return say('adoptHour')
      case 'study':
        return say('adoptWhole')
      case 'matching':
        return say('adoptMatching')
      case 'entry': {
        const [list = '', role = ''] = id.split(' ')
        return say('adoptEntry', {
          list: wordsIn(titleOf(study?.instruments ?? [], list), language).text,
          role: wordsIn(titleOf(study?.roles ?? [], role), language).text,
        })
      }
      case 'mail':
        return mail(id)
      case 'language':
        return say('adoptLanguage', { name: languageName(id, language) })
      case 'table':
      case 'figure':
        return say(naming[part], { name: `${id}, ${words}` })
      case 'wave':
        return `${id}, ${words}`
      case 'consent':
        return title === null ? purposeName({ say, language }, study?.consents ?? [], id) : words
      case 'reminder':
        return say('adoptReminder', { name: numberOf(id) })
      case 'alarm':
        return words
      default:
        return say(naming[part], { name: words })
    }
  }
}

/** Of a text of a mail, `invitation` or `ROLE/reminder`: which mail it is, and to whom where not to all. */
export function useMailName() {
  const { say, language } = useDesk()
  const kind = useKindName()
  const { data: study } = useQuery(studyQuery(useStudy().id))
  return (template: string): string => {
    const [role, own] = template.includes('/') ? template.split('/') : [null, template]
    const mail = kind(own ?? '')
    return role === null
      ? say('adoptText', { mail })
      : say('adoptTextOf', { mail, who: wordsIn(titleOf(study?.roles ?? [], role ?? ''), language).text })
  }
}

/** `invitation`, or the id of a reminder. */
export function useKindName() {
  const { say } = useDesk()
  return (kind: string): string =>
    kind === 'invitation'
      ? say('mailInvitation')
      : kind === 'reminder'
        ? say('mailReminder')
        : say('adoptReminder', { name: numberOf(kind) })
}

/** Of `reminder-2` the 2; any other name as it is. */
const numberOf = (kind: string): string => /^reminder-(\d+)$/.exec(kind)?.[1] ?? kind

const traitNames = {
  opens: 'adoptOpens',
  closes: 'adoptCloses',
  months: 'adoptMonths',
  days: 'adoptDays',
  anchors: 'adoptAnchors',
  roles: 'adoptRoles',
  required: 'adoptRequired',
  version: 'adoptVersion',
  list: 'adoptList',
  item: 'adoptItem',
  answers: 'adoptAnswers',
  mailed: 'adoptMailed',
  timeZone: 'adoptTimeZone',
  familyRoles: 'adoptFamilyRoles',
  prices: 'adoptPrices',
  arms: 'adoptArms',
  cohorts: 'adoptCohorts',
  cohort: 'adoptMatched',
  size: 'adoptSize',
  lists: 'adoptLists',
  condition: 'adoptCondition',
  of: 'adoptOf',
  seesCode: 'adoptSeesCode',
  fromRegistration: 'adoptFromRegistration',
  share: 'adoptShare',
} as const

/** Traits that are names, and where their titles are. */
const titled = {
  roles: 'roles',
  familyRoles: 'roles',
  anchors: 'anchors',
  arms: 'arms',
  cohorts: 'cohorts',
  cohort: 'cohorts',
  list: 'instruments',
  lists: 'instruments',
} as const

const yesOrNo: readonly string[] = ['required', 'mailed', 'seesCode', 'fromRegistration']

function useTraits() {
  const { say, language } = useDesk()
  const { data: study } = useQuery(studyQuery(useStudy().id))
  const shown = (trait: Difference['traits'][number]['trait'], value: string | null): string => {
    if (value === null || value === '') return say('adoptNothingSet')
    if (trait === 'of') return say(value === 'participant' ? 'adoptOfPerson' : 'adoptOfList')
    if (yesOrNo.includes(trait)) return say(value === 'yes' ? 'yes' : 'no')
    if (!(trait in titled)) return value
    const titles = study?.[titled[trait as keyof typeof titled]] ?? []
    return value
      .split(', ')
      .map((id) => wordsIn(titleOf(titles, id), language).text)
      .join(', ')
  }
  return (traits: Difference['traits']): string[] =>
    traits.map(({ trait, was, is }) => {
      if (trait === 'words') return say('adoptOtherWords')
      if (trait === 'contents') return say('adoptOtherContents')
      if (trait === 'drawnBy') return say('adoptDrawnOtherwise')
      if (trait === 'at') return `${was} → ${is}`
      return say('adoptTrait', { trait: say(traitNames[trait]), is: shown(trait, is), was: shown(trait, was) })
    })
}
